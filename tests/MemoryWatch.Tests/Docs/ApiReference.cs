using System.Reflection;
using System.Text;

namespace MemoryWatch.Tests.Docs;

/// <summary>The pages of the reference: an index by purpose, and a page for each package.</summary>
internal sealed class ApiReference
{
    public const string Index = "README.md";

    private readonly ApiDocs _docs = new(ApiPackages.All);
    private readonly ApiLinks _links = new(ApiPackages.All);

    public ApiReference() => Examples = new(_docs);

    public ApiExamples Examples { get; }

    /// <summary>The names of the pages and their texts.</summary>
    public IEnumerable<(string Name, string Text)> Pages =>
        ApiPackages.All.Select(package => (ApiPackages.Page(package), Page(package))).Prepend((Index, IndexText()));

    private string Page(Assembly package)
    {
        var name = package.GetName().Name;
        var section = new ApiSection(_docs, Examples, _links);
        var text = new StringBuilder(
            $"""
            # {name}

            The public types of the package `{name}`, from its XML documentation. [All packages, by purpose]({Index}).


            """).Replace("\r", string.Empty);
        foreach (var type in ApiPackages.Types(package))
        {
            text.Append(section.Of(type));
        }

        // Links within a page work in any viewer, so they leave out its name.
        return text.Replace($"]({ApiPackages.Page(package)}#", "](#").ToString().TrimEnd() + "\n";
    }

    private string IndexText()
    {
        var prose = new ApiProse(_links.Of);
        var types = ApiPackages.All.SelectMany(ApiPackages.Types).ToLookup(ApiName.Plain);
        var text = new StringBuilder("# API reference\n\nAll public types by what you do with them. One page for each package: ");
        text.AppendJoin(", ", ApiPackages.All.Select(package => $"[{package.GetName().Name}]({ApiPackages.Page(package)})")).Append(".\n");
        foreach (var (purpose, names) in ApiPurposes.All)
        {
            text.Append("\n## ").Append(purpose).Append("\n\n| type | |\n|---|---|\n");
            foreach (var type in names.SelectMany(name => types[name]))
            {
                var summary = prose.Cell(_docs.Of(type)?.Element("summary"));
                text.Append("| ").Append(_links.Of(type)).Append(" | ").Append(FirstSentence(summary)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string FirstSentence(string text) => text.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? text[..(end + 1)] : text;
}
