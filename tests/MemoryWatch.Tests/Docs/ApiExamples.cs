using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MemoryWatch.Tests.Docs;

/// <summary>The examples of the XML documentation, and which type they show.</summary>
internal sealed class ApiExamples(ApiDocs docs)
{
    private readonly IReadOnlyList<(Type Type, string Code)> _all =
    [
        .. ApiPackages.All.SelectMany(ApiPackages.Types)
            .SelectMany(type => (docs.Of(type)?.Elements("example").Elements("code") ?? []).Select(code => (type, ApiProse.Code(code)))),
    ];

    /// <summary>The examples of a type.</summary>
    public IEnumerable<string> Of(Type type) => _all.Where(example => example.Type == type).Select(example => example.Code);

    /// <summary>Another type whose example uses this type by name; <see langword="null"/> if there is none.</summary>
    public Type? Elsewhere(Type type)
    {
        var name = new Regex($@"\b{ApiName.Plain(type)}\b");
        return _all.Where(example => example.Type != type && name.IsMatch(example.Code)).Select(example => example.Type).FirstOrDefault();
    }
}
