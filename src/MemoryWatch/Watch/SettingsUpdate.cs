namespace MemoryWatch;

/// <summary>The result of <see cref="MemoryWatcher.Update"/>.</summary>
/// <example>
/// <code>
/// SettingsUpdate update = watcher.Update(options);
/// foreach (SettingChange change in update.Changes.Where(c => !c.IsInForce))
/// {
///     logger.LogWarning("{Setting} needs a restart", change.Name);
/// }
/// </code>
/// </example>
public sealed class SettingsUpdate
{
    internal SettingsUpdate(IReadOnlyList<string> problems, IReadOnlyList<SettingChange> changes) => (Problems, Changes) = (problems, changes);

    /// <summary>Whether the settings were accepted. If one setting is not allowed, none is changed.</summary>
    public bool IsAccepted => Problems.Count == 0;

    /// <summary>Reasons why the settings were refused, one sentence for each setting that is not allowed; empty if they were accepted.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>
    /// The settings whose values differ from those in force before; empty if there are none. A setting that needs a restart is listed at each
    /// update until the program restarts.
    /// </summary>
    public IReadOnlyList<SettingChange> Changes { get; }

    /// <summary>One line such as <c>in force: HighThreshold; at the next start: BlackBox:Path</c>.</summary>
    public override string ToString() => !IsAccepted
        ? $"refused: {string.Join(' ', Problems)}"
        : string.Join("; ", new[] { Named("in force", true), Named("at the next start", false) }.Where(part => part is not null));

    private string? Named(string when, bool isInForce) => Changes.Where(change => change.IsInForce == isInForce).ToArray() is { Length: > 0 } changes
        ? $"{when}: {string.Join(", ", changes.Select(change => change.Name))}"
        : null;
}

/// <summary>A setting that an update changed.</summary>
/// <param name="Name">The setting's name, such as <c>HighThreshold</c> or <c>BlackBox:Path</c>.</param>
/// <param name="IsInForce">Whether the new value is in force; if not, it needs a restart.</param>
public readonly record struct SettingChange(string Name, bool IsInForce);
