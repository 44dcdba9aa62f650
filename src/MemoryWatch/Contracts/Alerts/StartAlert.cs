using System.Globalization;

namespace MemoryWatch;

/// <summary>
/// Reported once, when the first climb of a process has ended: how much memory the start took. It is no spike. A process that was old when the
/// watch started has no start.
/// </summary>
/// <param name="usedBytes">Memory of this process that counts against the limit, in bytes.</param>
/// <param name="age">Age of the process when memory stopped climbing.</param>
/// <example>
/// <code>
/// // The start of the process needs this much; the rest of the limit is there for work.
/// if (alert is StartAlert start &amp;&amp; snapshot.Usage.LimitBytes is { } limit)
/// {
///     logger.LogInformation("{Bytes} bytes remain for work", limit - start.UsedBytes);
/// }
/// </code>
/// </example>
public sealed class StartAlert(long usedBytes, TimeSpan age) : MemoryAlert("start", AlertSeverity.Information)
{
    /// <summary>The highest memory of this process during its start, in bytes: resident memory without mapped files.</summary>
    public long UsedBytes { get; } = usedBytes;

    /// <summary>Age of the process when memory stopped climbing.</summary>
    public TimeSpan Age { get; } = age;

    /// <summary>Returns one line, such as <c>start: 49.0 MB after 6 s</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Kind}: {MemoryText.Megabytes(UsedBytes)} after {Age.TotalSeconds:0.#} s");
}
