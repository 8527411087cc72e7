import './node-check.ts'; // First: see there.

// Each of these is a file of its own: what is not needed yet is not read yet.
await import('../shared/early-interrupts.ts'); // Second: see there.
await import('./task.ts');
