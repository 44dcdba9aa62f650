using System.Globalization;
using System.Text;

namespace MemoryWatch.Tool.Machine;

/// <summary>
/// Replaces names by <c>name1</c>, <c>name2</c> and so on, the same name always by the same. Different paths stay different, and a path that is
/// above another stays above it, so that a reader finds in the result what it found in the original. Names that are
/// <see cref="KnownNames">known</see> stay.
/// </summary>
internal sealed class NameReplacer
{
    private const string Separators = "-_.:@,";
    private const string Pod = "pod";

    private readonly Dictionary<string, string> _placeholders = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _replaced = [];

    /// <summary>The names that were replaced, and what stands for each, in the order in which they came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Replaced => _replaced;

    /// <summary>Replaces the names in a path.</summary>
    public string Path(string path) => string.Join('/', path.Split('/').Select(Part));

    /// <summary>Replaces a whole text by one name.</summary>
    public string Whole(string text)
    {
        if (!_placeholders.TryGetValue(text, out var placeholder))
        {
            placeholder = string.Create(CultureInfo.InvariantCulture, $"name{_placeholders.Count + 1}");
            _placeholders[text] = placeholder;
            _replaced.Add(new(text, placeholder));
        }

        return placeholder;
    }

    private string Part(string part)
    {
        if (KnownNames.Parts.Contains(part))
        {
            return part;
        }

        var result = new StringBuilder();
        var start = 0;
        for (var i = 0; i <= part.Length; i++)
        {
            if (i == part.Length || Separators.Contains(part[i], StringComparison.Ordinal))
            {
                result.Append(Word(part[start..i]));
                result.Append(i < part.Length ? part[i..(i + 1)] : string.Empty);
                start = i + 1;
            }
        }

        return result.ToString();
    }

    private string Word(string word)
    {
        if (word.Length == 0 || KnownNames.Words.Contains(word))
        {
            return word;
        }

        // Kubernetes writes "pod" and the pod's id without anything between them.
        return word.StartsWith(Pod, StringComparison.Ordinal) && word[Pod.Length..].All(char.IsAsciiHexDigit)
            ? Pod + Whole(word[Pod.Length..])
            : Whole(word);
    }
}
