using System.IO.Compression;
using System.Xml.Linq;

namespace Packages.Tests;

/// <summary>A piece of C# that readers copy.</summary>
/// <param name="Place">Where it is, as an error of the compiler shows it.</param>
/// <param name="Code">Its text.</param>
public sealed record Example(string Place, string Code)
{
    /// <summary>The examples in the XML documentation of a packed package.</summary>
    public static IEnumerable<Example> OfPackage(string file)
    {
        using var package = ZipFile.OpenRead(file);
        var entry = package.Entries.Single(e => e.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal) && e.Name.EndsWith(".xml", StringComparison.Ordinal));
        using var text = entry.Open();
        foreach (var example in XDocument.Load(text).Descendants("example").Where(IsWritten))
        {
            foreach (var code in example.Elements("code"))
            {
                yield return new($"{entry.Name}, {NameOf(example)[2..]}", Text(code.Value));
            }
        }
    }

    /// <summary>The blocks of C# of a page.</summary>
    public static IEnumerable<Example> OfPage(string page) => Pages.Programs(page).Select((code, i) => new Example($"{page}, block {i + 1}", code));

    // The compiler repeats the text of a type for a constructor in its head.
    private static bool IsWritten(XElement example) => !NameOf(example).Contains("#ctor", StringComparison.Ordinal);

    private static string NameOf(XElement example) => example.Parent!.Attribute("name")!.Value;

    private static string Text(string code)
    {
        var lines = code.Trim('\n').Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line[Math.Min(indent, line.Length)..].TrimEnd())).Trim();
    }
}
