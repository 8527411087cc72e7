export const id = 974;
export const ids = [974];
export const modules = {

/***/ 974:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  interrupts: () => (/* binding */ interrupts)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __webpack_require__(1708);
;// CONCATENATED MODULE: ./build/frontends/shared/interrupts.js


/**
 * GitHub cancels with SIGINT, sends SIGTERM 7.5 s later, and kills the tree after 2.5 s more. The session has everything on
 * disk 5 s after the signal and the step has ended after 7 (docs/reliability.md, R1); this is the limit for a session that does not keep that.
 */
const patienceMs = 6_000;
/** Listens for the signals by which a job is cancelled. */
function listenForInterrupts() {
    const interrupt = new AbortController();
    const kill = new AbortController();
    const { promise: outOfTime, resolve } = Promise.withResolvers();
    const react = (signal) => {
        if (interrupt.signal.aborted) {
            kill.abort(signal);
            return;
        }
        interrupt.abort(signal);
        // Not unref'd: a hanging disk may leave nothing else that keeps Node running until then.
        setTimeout(resolve, patienceMs);
    };
    // SIGBREAK is what Windows has for SIGTERM.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGBREAK'])
        external_node_process_.on(signal, react);
    return {
        interrupt: interrupt.signal,
        kill: kill.signal,
        abandon: () => kill.abort('abandoned'),
        exitCode: () => {
            if (!interrupt.signal.aborted)
                return undefined;
            return 128 + external_node_os_.constants.signals[interrupt.signal.reason === 'SIGINT' ? 'SIGINT' : 'SIGTERM'];
        },
        outOfTime,
    };
}

;// CONCATENATED MODULE: ./build/frontends/shared/early-interrupts.js

/** Listened for before anything else is loaded, which takes 100 ms: until then a signal would end the step without outputs. */
const interrupts = listenForInterrupts();


/***/ })

};
