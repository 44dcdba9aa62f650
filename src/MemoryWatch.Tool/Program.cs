using MemoryWatch.Tool;

return await CommandLine.RunAsync(args, Shell.OfProcess()).ConfigureAwait(false);
