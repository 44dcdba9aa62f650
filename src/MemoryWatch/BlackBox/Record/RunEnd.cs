using System.Runtime.ExceptionServices;
using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Marks in the file how the run ends: stopped, exited with a code, ended by an exception. A run that leaves no mark was killed, or
/// ended in a way that lets nobody say anything.
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

    /// <summary>The watch was stopped.</summary>
    public void Stop()
    {
        AppDomain.CurrentDomain.FirstChanceException -= OnFirstChance;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _recorder.WriteEnd(RecordKind.Stopped, 0, null, Patience);
    }

    /// <summary>What an unhandled exception is called in the file.</summary>
    public static string Describe(object error)
    {
        try
        {
            return error is Exception exception ? SafeText.Error(exception) : SafeText.Name(error.GetType().Name);
        }
        catch (OutOfMemoryException)
        {
            // There is not even room for its name.
            return nameof(OutOfMemoryException);
        }
    }

    /// <summary>
    /// Told before anybody can catch it, as the runtime may end the process without another word. Allocates nothing, where nothing can
    /// be, and waits for nobody.
    /// </summary>
    private void OnFirstChance(object? sender, FirstChanceExceptionEventArgs args)
    {
        // Should there be no memory for this either, that is an exception of the same kind.
        if (args.Exception is not OutOfMemoryException || _isNoting)
        {
            return;
        }

        _isNoting = true;
        try
        {
            _recorder.WriteEnd(RecordKind.OutOfMemory, Interlocked.Increment(ref _outOfMemory), nameof(OutOfMemoryException), TimeSpan.Zero);
        }
        catch (Exception)
        {
            // Nothing more can be done; the exception that this is about goes its way.
        }

        _isNoting = false;
    }

    /// <summary>Told before the exception unwinds anything.</summary>
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs args) =>
        _recorder.WriteEnd(RecordKind.Crashed, 0, Describe(args.ExceptionObject), Patience);

    private void OnExit(object? sender, EventArgs args) =>
        _recorder.WriteEnd(RecordKind.Exited, Environment.ExitCode, null, Patience);
}
