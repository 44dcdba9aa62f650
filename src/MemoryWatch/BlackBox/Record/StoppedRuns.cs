using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Marks how the process ends after its watch has stopped, because that belongs to the run too: an exit code, or the exception that stopped
/// the host and then leaves the program.
/// </summary>
internal static class StoppedRuns
{
    /// <summary>A program normally has one. If a process starts watches repeatedly, only the last ones are remembered.</summary>
    private const int Most = 8;

    private static readonly object Lock = new();
    private static readonly Queue<StoppedRun> Runs = new();
    private static bool _isListening;

    public static void Remember(StoppedRun run)
    {
        lock (Lock)
        {
            if (!_isListening)
            {
                _isListening = true;
                AppDomain.CurrentDomain.UnhandledException += static (_, args) => Mark(RecordKind.Crashed, 0, RunEnd.Describe(args.ExceptionObject));
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => Mark(RecordKind.Exited, Environment.ExitCode, null);
            }

            Runs.Enqueue(run);
            if (Runs.Count > Most)
            {
                Runs.Dequeue();
            }
        }
    }

    private static void Mark(RecordKind kind, long number, string? error)
    {
        lock (Lock)
        {
            foreach (var run in Runs)
            {
                run.Mark(kind, number, error);
            }
        }
    }
}
