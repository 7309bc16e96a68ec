// Loaded into a server before its own file: tells what CPU time the process has used whenever it is asked.
process.on("message", () => process.send(process.cpuUsage()));
process.channel.unref();
