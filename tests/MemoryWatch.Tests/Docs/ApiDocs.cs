using System.Reflection;
using System.Xml.Linq;

namespace MemoryWatch.Tests.Docs;

/// <summary>The XML documentation of the packages.</summary>
internal sealed class ApiDocs
{
    private readonly Dictionary<string, XElement> _members;

    public ApiDocs(IEnumerable<Assembly> assemblies) => _members = assemblies
        .SelectMany(assembly => XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member"))
        // Internal types of two packages may have one name.
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>The documentation of a member, from another one if it says so; <see langword="null"/> if it only repeats a contract.</summary>
    public XElement? Of(MemberInfo member)
    {
        if (!_members.TryGetValue(ApiId.Of(member), out var own))
        {
            return null;
        }

        if (own.Element("inheritdoc") is not { } inherited)
        {
            return own;
        }

        return inherited.Attribute("cref") is { } from && _members.TryGetValue(from.Value, out var other) ? Merged(own, other) : null;
    }

    /// <summary>Its own parameters replace those of the other.</summary>
    private XElement Merged(XElement own, XElement other)
    {
        var source = other.Element("inheritdoc")?.Attribute("cref") is { } from ? Merged(other, _members[from.Value]) : other;
        var parameters = own.Elements("param").ToList();
        return parameters.Count == 0
            ? source
            : new XElement("member", source.Elements().Where(element => element.Name != "param"), parameters);
    }
}
