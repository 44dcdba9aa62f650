using System.Text;
using System.Text.RegularExpressions;

namespace Packages.Tests;

/// <summary>
/// Makes a source file of the examples of one place, which may use each other's types: statements become a method, and members a class.
/// </summary>
public static partial class ExampleSource
{
    /// <param name="examples">The examples of a page, or one example of its own.</param>
    /// <param name="name">A name that no other file has.</param>
    /// <param name="prelude">The class whose variables the examples use.</param>
    public static string Of(IEnumerable<Example> examples, string name, string prelude)
    {
        var usings = new SortedSet<string>(StringComparer.Ordinal) { "using MemoryWatch;", $"using static {prelude};" };
        var blocks = new StringBuilder();
        foreach (var (example, i) in examples.Select((example, i) => (example, i)))
        {
            var (types, members, statements) = (new StringBuilder(), new StringBuilder(), new StringBuilder());
            Divide(example, usings, types, members, statements);
            blocks.Append(
                $$"""
                {{types}}
                internal sealed class Block{{i}}
                {
                {{members}}
                    public static async Task Run()
                    {
                        await Task.CompletedTask;
                {{statements}}
                    }
                }


                """);
        }

        return $"{string.Join('\n', usings)}\n\nnamespace {name};\n\n{blocks}";
    }

    private static void Divide(Example example, SortedSet<string> usings, StringBuilder types, StringBuilder members, StringBuilder statements)
    {
        StringBuilder? open = null;
        foreach (var (line, i) in example.Code.TrimEnd().Split('\n').Select((line, i) => (line, i)))
        {
            if (UsingDirective().IsMatch(line))
            {
                usings.Add(line);
                continue;
            }

            var starts = TypeStart().IsMatch(line) ? types : MemberStart().IsMatch(line) ? members : null;
            var part = open ?? starts ?? statements;

            // A declaration ends with a brace at the margin, or with its only line.
            open = line == "}" || (open is null && line.EndsWith(';')) ? null : open ?? starts;
            part.Append("#line ").Append(i + 1).Append(" \"").Append(example.Place).Append("\"\n").Append(line).Append('\n');
        }
    }

    [GeneratedRegex(@"^using [\w.]+;")]
    private static partial Regex UsingDirective();

    [GeneratedRegex(@"^(public |internal )?(static |sealed |abstract |partial |readonly )*(class|record|interface|struct|enum) ")]
    private static partial Regex TypeStart();

    [GeneratedRegex("^(public|private|internal) ")]
    private static partial Regex MemberStart();
}
