process.argv[2] = 'merge';
await import('../main/index.js');
