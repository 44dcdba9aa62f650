namespace MemoryWatch.Act;

/// <summary>
/// Has the C library return the native memory that the program has freed to the system. It costs no pause of the program as a whole: only threads
/// that allocate in the arena in question wait.
/// </summary>
/// <param name="name">Name of the step.</param>
/// <param name="stage">Its place: before the GC, and after it for what finalizers have freed.</param>
/// <param name="trim">Trims the native heap.</param>
/// <param name="read">Reads the native heap.</param>
internal sealed class NativeHeapRelief(string name, ReliefStage stage, Action trim, Func<NativeHeapReading?> read) : IMemoryRelief
{
    /// <summary>Name of the step before the GC.</summary>
    public const string StepName = "Native heap";

    /// <summary>Name of the step after the GC.</summary>
    public const string SecondStepName = "Native heap after the GC";

    public string Name => name;

    public ReliefStage Stage => stage;

    public TimeSpan Cooldown => TimeSpan.FromMinutes(1);

    public Task RelieveAsync(CancellationToken cancellationToken)
    {
        trim();
        return Task.CompletedTask;
    }

    public ReliefEstimate? Estimate(MemoryZone zone) => read() is { } reading ? new(reading.FreeBytes) : null;
}
