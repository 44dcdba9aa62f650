namespace MemoryWatch;

/// <summary>What <see cref="MemoryWatcher.Update"/> did.</summary>
public sealed class SettingsUpdate
{
    internal SettingsUpdate(IReadOnlyList<string> problems, IReadOnlyList<SettingChange> changes) => (Problems, Changes) = (problems, changes);

    /// <summary>Whether the settings were accepted. If one is not allowed, none is changed.</summary>
    public bool IsAccepted => Problems.Count == 0;

    /// <summary>Why the settings were refused, one sentence for each that is not allowed; empty if they were accepted.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>
    /// The settings whose values differ from those in force before; empty if there are none. One that needs a restart is listed at each
    /// update until the program was restarted.
    /// </summary>
    public IReadOnlyList<SettingChange> Changes { get; }

    /// <summary>One line: <c>in force: HighThreshold; at the next start: BlackBox:Path</c>.</summary>
    public override string ToString() => !IsAccepted
        ? $"refused: {string.Join(' ', Problems)}"
        : string.Join("; ", new[] { Named("in force", true), Named("at the next start", false) }.Where(part => part is not null));

    private string? Named(string when, bool isInForce) => Changes.Where(change => change.IsInForce == isInForce).ToArray() is { Length: > 0 } changes
        ? $"{when}: {string.Join(", ", changes.Select(change => change.Name))}"
        : null;
}

/// <summary>A setting that an update changed.</summary>
/// <param name="Name">Its name, such as <c>HighThreshold</c> or <c>BlackBox:Path</c>.</param>
/// <param name="IsInForce">Whether the new value is in force; if not, it needs a restart.</param>
public readonly record struct SettingChange(string Name, bool IsInForce);
