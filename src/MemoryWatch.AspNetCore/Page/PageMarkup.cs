using System.Text;
using System.Text.Encodings.Web;
using MemoryWatch.AspNetCore.Page.Files;

namespace MemoryWatch.AspNetCore.Page;

/// <summary>Fills the templates. What comes from the application is encoded here, in one place.</summary>
internal static class PageMarkup
{
    private static readonly string PageTemplate = Encoding.UTF8.GetString(PageFiles.Page.Content);
    private static readonly string EnterTemplate = Encoding.UTF8.GetString(PageFiles.Enter.Content);

    /// <summary>The page with its first view: it is complete without another request, and readable without a script.</summary>
    public static byte[] Page(PageData data, string folder)
    {
        var snapshot = data.Current;
        var (headline, then) = Sentences(data.Headline);
        return Fill(PageTemplate, new()
        {
            ["folder"] = Encode(folder),
            ["version"] = PageFiles.Version,
            ["zone"] = snapshot.Zone.ToString(),
            ["headline"] = Encode(headline),
            ["then"] = Encode(then),
            ["scope"] = Encode(snapshot.DescribeScope()),
            ["findings"] = string.Concat(data.Findings.Select(f => $"<li class=\"{f.Severity}\">{Encode(Ended(f.Describe()))}</li>")),
            ["report"] = Encode(data.Report),

            // Within a script element only its end would count as markup, and the serializer has escaped all angle brackets.
            ["first"] = Encoding.UTF8.GetString(data.FirstView()),
            ["history"] = Encoding.UTF8.GetString(data.History(0).Plain),
        });
    }

    /// <summary>The form for the key.</summary>
    public static byte[] Enter(string folder, string message) => Fill(EnterTemplate, new()
    {
        ["folder"] = Encode(folder),
        ["version"] = PageFiles.Version,
        ["message"] = Encode(message),
    });

    /// <summary>The first sentence, with the space after it, and the rest. A number and its unit stay on one line.</summary>
    private static (string First, string Then) Sentences(string text)
    {
        var unbroken = text.Replace(" MB", "\u00a0MB", StringComparison.Ordinal);
        return unbroken.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end
            ? (unbroken[..(end + 2)], unbroken[(end + 2)..])
            : (unbroken, string.Empty);
    }

    /// <summary>The text with a full stop at its end, if it has no mark of its own there.</summary>
    private static string Ended(string text) => text.Length == 0 || text[^1] is '.' or '!' or '?' or '…' ? text : $"{text}.";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    /// <summary>Replaces each <c>{{name}}</c> once, from left to right, so that a value is never taken for a template.</summary>
    private static byte[] Fill(string template, Dictionary<string, string> values)
    {
        var text = new StringBuilder(template.Length + values.Sum(v => v.Value.Length));
        var at = 0;
        while (template.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var start)
        {
            var end = template.IndexOf("}}", start, StringComparison.Ordinal);
            text.Append(template, at, start - at).Append(values[template[(start + 2)..end]]);
            at = end + 2;
        }

        return Encoding.UTF8.GetBytes(text.Append(template, at, template.Length - at).ToString());
    }
}
