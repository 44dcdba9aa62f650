using System.Globalization;

namespace MemoryWatch.Tool.Machine;

/// <summary>What was packed, in words.</summary>
internal static class CollectedText
{
    /// <param name="path">The file.</param>
    /// <param name="recording">What is in it.</param>
    /// <param name="names">The names that were replaced, and by what.</param>
    /// <param name="mostNames">How many names to show.</param>
    public static IEnumerable<string> Lines(
        string path, Recording recording, IReadOnlyList<KeyValuePair<string, string>> names, int mostNames)
    {
        var files = recording.Files.Where(file => file.State == RecordedState.Read).ToArray();
        yield return string.Empty;
        yield return string.Create(
            CultureInfo.InvariantCulture, $"Wrote {path}: {files.Length} files, and which others are missing. No environment variables and no command lines.");
        foreach (var file in files)
        {
            yield return $"  {file.Path}";
        }

        yield return names.Count == 0
            ? "No names had to be replaced."
            : string.Create(CultureInfo.InvariantCulture, $"Replaced {names.Count} names, also in these paths:");
        foreach (var (name, placeholder) in names.Take(mostNames))
        {
            yield return $"  {placeholder}  was  {SafeText.Name(name)}";
        }

        if (names.Count > mostNames)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"  and {names.Count - mostNames} more");
        }

        yield return $"Look at what is in it before you send it. It gives the same answer: memorywatch machine --root {path}";
    }
}
