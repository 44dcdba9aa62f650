namespace MemoryWatch;

/// <summary>
/// The settings of the memory page. The configuration section <c>MemoryWatch:Page</c> has the same names and takes precedence, so that an operator
/// can change what the program sets. They are read once, when the page is mapped.
/// </summary>
/// <example>
/// <code>
/// app.MapMemoryWatch(configure: (MemoryPageOptions page) =>
/// {
///     page.ShowContext = false;
///     page.AllowLoopback = false;
/// });
/// </code>
/// </example>
public sealed class MemoryPageOptions
{
    /// <summary>
    /// The access key, at least 12 characters; <see langword="null"/> or empty, the default, for a random one, which is kept beside the black box
    /// and written to the log. It is not needed on the machine itself, and where the application authorizes the page.
    /// </summary>
    public string? AccessKey { get; set; }

    /// <summary>
    /// Whether the page shows the contexts of operations, such as users; <see langword="true"/> by default. If <see langword="false"/>, no page and
    /// no JSON contains them.
    /// </summary>
    public bool ShowContext { get; set; } = true;

    /// <summary>
    /// Whether a browser on the machine itself needs no key; <see langword="true"/> by default. Set it to <see langword="false"/> if a proxy on the
    /// same machine forwards requests without a header that says so, such as <c>X-Forwarded-For</c>.
    /// </summary>
    public bool AllowLoopback { get; set; } = true;
}
