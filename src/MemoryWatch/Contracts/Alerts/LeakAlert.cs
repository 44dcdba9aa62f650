namespace MemoryWatch;

/// <summary>
/// Raised once when a leak is confirmed (<see cref="LeakVerdict.Leaking"/>), separately for managed and native memory, and again each time its
/// rate has at least doubled. A suspicion raises no alert.
/// </summary>
/// <param name="assessment">The verdict, and what it rests on.</param>
/// <example>
/// <code>
/// if (alert is LeakAlert leak)
/// {
///     await SendAsync(leak.Assessment.Explain());
/// }
/// </code>
/// </example>
public sealed class LeakAlert(LeakAssessment assessment) : MemoryAlert("leak", AlertSeverity.Warning)
{
    /// <summary>The verdict, and what it rests on.</summary>
    public LeakAssessment Assessment { get; } = assessment;

    /// <summary>Whether the leak was reported before and its rate has at least doubled since.</summary>
    public bool IsWorse { get; init; }

    /// <summary>Returns one line, such as <c>leak: Managed, +12.4 MB per hour</c>.</summary>
    public override string ToString() => $"{Kind}: {Assessment.Track}, {MemoryText.Change((long?)Assessment.BytesPerHour?.Value)} per hour";
}
