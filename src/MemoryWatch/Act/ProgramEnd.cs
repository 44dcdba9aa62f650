namespace MemoryWatch.Act;

/// <summary>
/// Stops the program as it has said that it is stopped, and ends the process if that takes too long. Both run on threads of their own, so neither a
/// program that hangs nor a thread pool that is full can prevent it.
/// </summary>
/// <param name="process">The process.</param>
/// <param name="onFault">Called if the program's way to stop fails.</param>
/// <param name="onLate">Called before the process is ended.</param>
internal sealed class ProgramEnd(ProcessExit process, Action<Exception> onFault, Action onLate)
{
    /// <param name="stop">Stops the program; gets the exit code.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <param name="limit">Time in which the program must have ended.</param>
    public void Begin(Action<int> stop, int exitCode, TimeSpan limit)
    {
        process.Announce(exitCode);
        Start("MemoryWatch restart", () =>
        {
            try
            {
                stop(exitCode);
            }
            catch (Exception error)
            {
                // The other thread ends the process.
                onFault(error);
            }
        });
        Start("MemoryWatch restart limit", () =>
        {
            process.Wait(limit);
            onLate();
            process.Exit(exitCode);
        });
    }

    // UnsafeStart does not capture the caller's flow.
    private static void Start(string name, Action run) => new Thread(() => run()) { IsBackground = true, Name = name }.UnsafeStart();
}

/// <summary>Ends a process.</summary>
/// <param name="Announce">Sets the exit code that the process will have however it ends in an orderly way.</param>
/// <param name="Wait">Waits on the calling thread.</param>
/// <param name="Exit">Ends the process at once.</param>
internal sealed record ProcessExit(Action<int> Announce, Action<TimeSpan> Wait, Action<int> Exit)
{
    /// <summary>This process.</summary>
    public static ProcessExit OfThis { get; } = new(
        static code =>
        {
            Environment.ExitCode = code;

            // A Main that returns 0 replaces the code, and hosts would take the end for one that needs no restart.
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = Environment.ExitCode == 0 ? code : Environment.ExitCode;
        },
        static limit =>
        {
            using var never = new ManualResetEvent(false);
            never.WaitOne(limit);
        },
        Environment.Exit);
}
