namespace MemoryWatch;

/// <summary>
/// The settings of the drained restart: if memory runs out and relief does not help, MemoryWatch stops the program in order, and the host starts it
/// again. It is off by default; <c>AddDrainedRestart</c> of the builder turns it on.
/// </summary>
/// <remarks>
/// Restarts are counted in the black box. MemoryWatch restarts the program only if this start has read the black box of a previous run from the
/// same folder, so that a program whose disk does not outlive a restart is never restarted again and again.
/// </remarks>
/// <example>
/// <code>
/// builder.Services.AddMemoryWatch()
///     .AddBlackBox("/data/memory.blackbox")
///     .AddDrainedRestart((RestartOptions restart) =>
///     {
///         restart.DrainTimeout = TimeSpan.FromMinutes(2);
///         restart.Background = ["Poll"];
///     });
/// </code>
/// </example>
public sealed class RestartOptions
{
    private string[] _background = [];

    /// <summary>
    /// Whether MemoryWatch may restart the program; <see langword="false"/> by default. It needs <c>AddDrainedRestart</c> too, which sets this.
    /// </summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// The mildest zone in which the program is restarted, once relief has not helped; <see cref="MemoryZone.Imminent"/> by default, not
    /// <see cref="MemoryZone.Healthy"/>. In the critical zone it is restarted too if, at the present pace, the limit may be reached within
    /// <see cref="DrainTimeout"/>: what is in flight needs memory until it has ended.
    /// </summary>
    public MemoryZone From { get; set; } = MemoryZone.Imminent;

    /// <summary>Maximum time to wait for the operations in flight; 30 s by default, 0 s to 10 min.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time in which the program must have ended after that; 40 s by default, 1 s to 10 min. Then MemoryWatch ends the process. A host gives its
    /// services 30 s by default, so a shorter time cuts them off.
    /// </summary>
    public TimeSpan StopTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>
    /// The exit code, 1 to 255; 75 by default, which <c>sysexits.h</c> defines as a temporary failure. It is never 0, because hosts take that for an
    /// end that needs no restart.
    /// </summary>
    public int ExitCode { get; set; } = 75;

    /// <summary>Maximum number of restarts within 24 hours; 3 by default, 1 to 50.</summary>
    public int MostPerDay { get; set; } = 3;

    /// <summary>Time after the start in which the program is not restarted; 10 min by default, 0 s to 1 day.</summary>
    public TimeSpan MinimumUptime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Names of operations that are not waited for because they never end, such as a loop that polls; none by default. As text: names with commas
    /// between them.
    /// </summary>
    public IReadOnlyList<string> Background
    {
        get => _background;
        set => _background = [.. (value ?? throw new ArgumentNullException(nameof(value))).Select(name => SafeText.Name(name))];
    }
}
