using MemoryWatch.BlackBox.Format;

namespace MemoryWatch.BlackBox.Record;

/// <summary>
/// Marks in the file how the run ends: stopped, exited with a code, or ended by an exception. A run without a mark was killed, or ended in a way
/// that gave no chance to write one.
/// </summary>
internal sealed class RunEnd
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly FlightRecorder _recorder;

    public RunEnd(FlightRecorder recorder)
    {
        _recorder = recorder;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
    }

    /// <summary>Marks the run as stopped, and stops listening for its end.</summary>
    public void Stop()
    {
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        _recorder.Stop(Patience);
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

    /// <summary>Runs before the exception unwinds the stack.</summary>
    private void OnUnhandled(object sender, UnhandledExceptionEventArgs args) =>
        _recorder.WriteEnd(RecordKind.Crashed, 0, Describe(args.ExceptionObject), Patience);

    private void OnExit(object? sender, EventArgs args) =>
        _recorder.WriteEnd(RecordKind.Exited, Environment.ExitCode, null, Patience);
}
