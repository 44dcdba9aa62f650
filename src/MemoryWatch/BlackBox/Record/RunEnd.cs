using System.Runtime.ExceptionServices;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Marks in the file how the run ends: stopped, exited with a code, or ended by an exception. A run without a mark was killed, or ended in a way
/// that gave no chance to write one.
/// </summary>
internal sealed class RunEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [ThreadStatic]
    private static bool _isNoting;

    private readonly FlightRecorder _recorder;
    private long _outOfMemory;

    public RunEnd(FlightRecorder recorder)
    {
        _recorder = recorder;
        AppDomain.CurrentDomain.FirstChanceException += OnFirstChance;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Marks the run as stopped, and stops listening for its end.</summary>
    public void Stop()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnFirstChance;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _recorder.WriteEnd(RecordKind.Stopped, 0, null, Patience);
    }

    /// <summary>Describes an unhandled exception for the file.</summary>
    public static string Describe(object error)
    {
        try
        {
            return error is Exception exception ? SafeText.Error(exception) : SafeText.Name(error.GetType().Name);
        }
        catch (OutOfMemoryException)
        {
            // There is not even enough memory for its name.
            return nameof(OutOfMemoryException);
        }
    }

    /// <summary>
    /// Runs before any handler catches the exception, because the runtime may end the process right after. It allocates nothing, because there may
    /// be no memory, and does not wait for the lock.
    /// </summary>
    private void OnFirstChance(object? sender, FirstChanceExceptionEventArgs args)
    {
        // If there is no memory for this handler either, that raises another OutOfMemoryException; the flag stops the recursion.
        if (args.Exception is not OutOfMemoryException || _isNoting)
        {
            return;
        }

        _isNoting = true;
        try
        {
            _recorder.RecordOutOfMemory(Interlocked.Increment(ref _outOfMemory));
        }
        catch (Exception)
        {
            // Nothing more can be done; the original exception continues.
        }

        _isNoting = false;
    }

    /// <summary>Runs before the exception unwinds the stack.</summary>
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs args) =>
        _recorder.WriteEnd(RecordKind.Crashed, 0, Describe(args.ExceptionObject), Patience);

    private void OnExit(object? sender, EventArgs args) =>
        _recorder.WriteEnd(RecordKind.Exited, Environment.ExitCode, null, Patience);
}
