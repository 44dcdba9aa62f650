using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryWatch.Tests.Docs;

/// <summary>The section of one type.</summary>
internal sealed partial class ApiSection(ApiDocs docs, ApiExamples examples, ApiLinks links)
{
    private readonly ApiProse _prose = new(links.Of);

    public string Of(Type type)
    {
        var text = new StringBuilder();
        var doc = docs.Of(type);
        text.Append("## ").Append(ApiName.Plain(type)).Append("\n\n`").Append(ApiSignature.Of(type)).Append("`\n\n");
        Append(text, _prose.Paragraphs(doc?.Element("summary")));
        Append(text, _prose.Paragraphs(doc?.Element("remarks")));
        if (type.IsEnum)
        {
            AppendValues(text, type);
        }
        else
        {
            AppendMembers(text, type, doc);
        }

        AppendExamples(text, type);
        return text.ToString();
    }

    private static void Append(StringBuilder text, string paragraphs)
    {
        if (paragraphs.Length > 0)
        {
            text.Append(paragraphs).Append("\n\n");
        }
    }

    private void AppendValues(StringBuilder text, Type type)
    {
        text.Append("| value | | meaning |\n|---|---|---|\n");
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var number = Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {number} | {_prose.Cell(docs.Of(field)?.Element("summary"))} |\n");
        }

        text.Append('\n');
    }

    private void AppendMembers(StringBuilder text, Type type, XElement? ofType)
    {
        var start = text.Length;
        foreach (var member in ApiMembers.Of(type))
        {
            if (docs.Of(member) is { } doc)
            {
                AppendMember(text, member, doc, ofType);
            }
        }

        text.Append(text.Length > start ? "\n" : string.Empty);
    }

    private void AppendMember(StringBuilder text, MemberInfo member, XElement doc, XElement? ofType)
    {
        text.Append("- `").Append(ApiSignature.Of(member)).Append('`');

        // The compiler gives a constructor in the head of a type the text of the type.
        var isInHead = member is ConstructorInfo && doc.Element("summary")?.Value == ofType?.Element("summary")?.Value;
        var summary = isInHead ? string.Empty : Sentences(doc.Element("summary"), doc.Element("remarks"));
        text.Append(summary.Length > 0 ? ": " : string.Empty).Append(summary).Append('\n');
        foreach (var parameter in doc.Elements("param").Where(parameter => IsOf(member, parameter) && !(isInHead && IsProperty(member.DeclaringType!, parameter))))
        {
            var words = _prose.Line(parameter);
            if (SaysMore(parameter.Attribute("name")!.Value, words))
            {
                text.Append("  - `").Append(parameter.Attribute("name")!.Value).Append("`: ").Append(words).Append('\n');
            }
        }

        if (_prose.Line(doc.Element("returns")) is { Length: > 0 } returns)
        {
            text.Append("  - Returns: ").Append(returns).Append('\n');
        }

        foreach (var exception in isInHead ? ofType!.Elements("exception") : doc.Elements("exception"))
        {
            text.Append("  - Throws ").Append(links.Of(exception.Attribute("cref")!.Value)).Append(": ").Append(_prose.Line(exception)).Append('\n');
        }
    }

    private string Sentences(params XElement?[] elements) => string.Join(' ', elements.Select(_prose.Line).Where(line => line.Length > 0));

    /// <summary>Whether a member has a parameter; the text that it takes over from another member may have more of them.</summary>
    private static bool IsOf(MemberInfo member, XElement parameter) =>
        (member is MethodBase method ? method.GetParameters() : ((PropertyInfo)member).GetIndexParameters()).Any(p => p.Name == parameter.Attribute("name")!.Value);

    /// <summary>Whether a parameter has a property that explains it.</summary>
    private static bool IsProperty(Type type, XElement parameter) =>
        type.GetProperties().Any(property => property.Name.Equals(parameter.Attribute("name")!.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the text of a parameter is more than its name in other words.</summary>
    private static bool SaysMore(string name, string words) => Word().Matches(words).Any(word =>
        word.Value.ToUpperInvariant() is var upper && upper is not ("THE" or "A" or "AN" or "OF") && !name.Contains(upper, StringComparison.OrdinalIgnoreCase));

    private void AppendExamples(StringBuilder text, Type type)
    {
        foreach (var code in examples.Of(type))
        {
            text.Append("```csharp\n").Append(code).Append("\n```\n\n");
        }

        if (!examples.Of(type).Any() && examples.Elsewhere(type) is { } other)
        {
            text.Append("Example: see ").Append(links.Of(other)).Append(".\n\n");
        }
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
