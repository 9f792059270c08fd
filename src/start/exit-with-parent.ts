// Loaded with --import into the API and the worker: should the supervisor be killed, they leave by themselves, in order.
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
