namespace MemoryWatch;

/// <summary>
/// Raised when the container uses more than its throttling limit (<c>memory.high</c>): the kernel slows all of its processes down to take memory
/// back. It kills nothing.
/// </summary>
/// <param name="container">The container's numbers when the alert was raised.</param>
/// <example>
/// <code>
/// if (alert is ThrottlingAlert { Container.HighBytes: { } high })
/// {
///     await SendAsync($"memory.high is {high >> 20} MB: the kernel slows the service down to stay below it");
/// }
/// </code>
/// </example>
public sealed class ThrottlingAlert(ContainerReading container) : MemoryAlert("throttling", AlertSeverity.Warning)
{
    /// <summary>The container's numbers when the alert was raised.</summary>
    public ContainerReading Container { get; } = container;

    /// <summary>Returns one line, such as <c>throttling: 271.1 MB of 256 MB, throttled 556267 times</c>.</summary>
    public override string ToString() =>
        $"{Kind}: {MemoryText.Megabytes(Container.HighUsedBytes)} of {MemoryText.Limit(Container.HighBytes)}, throttled {MemoryText.Count(Container.HighEvents)} times";
}
