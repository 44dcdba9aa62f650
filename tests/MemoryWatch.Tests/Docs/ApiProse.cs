using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryWatch.Tests.Docs;

/// <summary>Text of XML documentation as Markdown.</summary>
/// <param name="link">Makes the link for the id of a member.</param>
internal sealed partial class ApiProse(Func<string, string> link)
{
    /// <summary>The text as paragraphs and blocks of code; empty if there is none.</summary>
    public string Paragraphs(XElement? element)
    {
        var blocks = new List<string>();
        var text = new StringBuilder();
        Write(element, blocks, text);
        EndParagraph(blocks, text);
        return string.Join("\n\n", blocks);
    }

    /// <summary>The text as one line; empty if there is none.</summary>
    public string Line(XElement? element) => Spaces().Replace(Paragraphs(element), " ");

    /// <summary>The text as one cell of a table.</summary>
    public string Cell(XElement? element) => Line(element).Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The code of an element, without what indents all of it.</summary>
    public static string Code(XElement element)
    {
        var lines = element.Value.Trim('\n').Split('\n');
        var indent = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Join('\n', lines.Select(line => line[Math.Min(indent, line.Length)..].TrimEnd())).Trim();
    }

    private static void EndParagraph(List<string> blocks, StringBuilder text)
    {
        if (Spaces().Replace(text.ToString(), " ").Trim() is { Length: > 0 } paragraph)
        {
            blocks.Add(paragraph);
        }

        text.Clear();
    }

    private void Write(XElement? element, List<string> blocks, StringBuilder text)
    {
        foreach (var node in element?.Nodes() ?? [])
        {
            if (node is XText words)
            {
                text.Append(words.Value.Replace("<", "\\<", StringComparison.Ordinal));
            }
            else if (node is XElement inner)
            {
                Write(inner.Name.LocalName, inner, blocks, text);
            }
        }
    }

    private void Write(string kind, XElement element, List<string> blocks, StringBuilder text)
    {
        switch (kind)
        {
            case "see" when element.Attribute("langword") is { } word:
                text.Append('`').Append(word.Value).Append('`');
                break;
            case "see":
                text.Append(link(element.Attribute("cref")!.Value));
                break;
            case "paramref" or "typeparamref":
                text.Append('`').Append(element.Attribute("name")!.Value).Append('`');
                break;
            case "c":
                text.Append('`').Append(element.Value).Append('`');
                break;
            case "code":
                EndParagraph(blocks, text);
                blocks.Add($"```text\n{Code(element)}\n```");
                break;
            case "para" or "br":
                EndParagraph(blocks, text);
                Write(element, blocks, text);
                EndParagraph(blocks, text);
                break;
            case "b" or "i":
                var mark = kind == "b" ? "**" : "*";
                text.Append(mark);
                Write(element, blocks, text);
                text.Append(mark);
                break;
            default:
                throw new InvalidOperationException($"The reference does not know the element '{kind}'.");
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
