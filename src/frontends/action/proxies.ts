import process from 'node:process';

/** Newer than the types that we compile with. */
interface ProxyAwareHttp {
  readonly setGlobalProxyFromEnv?: (proxies: object) => () => void;
}

const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'] as const;

/**
 * Has the calls of this program to GitHub go through the proxies that the job names, as those of its children do; gives what undoes
 * it. Node 22 does not support it, and an invalid address is ignored: the calls go without a proxy.
 */
export function useProxies(environment: Readonly<Record<string, string | undefined>>): () => void {
  const given = Object.fromEntries(names.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
  const isNeeded = names.some((name) => name in given && !/^no_proxy$/i.test(name));
  if (!isNeeded) return () => undefined;
  // Loaded here: it takes a while, and most jobs have no proxy.
  const http = process.getBuiltinModule('node:http') as ProxyAwareHttp;
  try {
    return http.setGlobalProxyFromEnv?.(given) ?? (() => undefined);
  } catch {
    return () => undefined;
  }
}
