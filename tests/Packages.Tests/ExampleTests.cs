namespace Packages.Tests;

/// <summary>
/// What readers copy compiles with the packed packages, and the packed analyzer has nothing against it: the examples of the XML documentation, and
/// the C# of the guides. The pages whose programs are run, or whose code is wrong on purpose, are not among them.
/// </summary>
[Collection(SharedFeed.Name)]
public sealed class ExampleTests(Feed feed)
{
    // Each package, and the class of the prelude whose variables its examples use.
    private static readonly (string Name, string Prelude)[] Packages =
    [
        ("MemoryWatch", "Prelude"), ("MemoryWatch.Hosting", "Prelude"), ("MemoryWatch.AspNetCore", "Prelude"), ("MemoryWatch.Testing", "TestPrelude"),
    ];

    private static readonly string[] Guides =
        ["docs/after-a-kill.md", "docs/extending.md", "docs/findings.md", "docs/getting-started.md", "docs/page.md", "docs/tracking.md"];

    [Fact]
    public void All_examples_compile()
    {
        var consumer = new Consumer("web", "MemoryWatch.AspNetCore") { Others = [("MemoryWatch.Testing", Feed.Version)] };
        var folder = feed.NewProject("Examples", consumer, ExamplePrelude.Text);
        var places = Packages
            .SelectMany(package => Example.OfPackage(feed.Package(package.Name)).Select(example => (Examples: new[] { example }, package.Prelude)))
            .Concat(Guides.Select(guide => (Examples: Example.OfPage(guide).ToArray(), Prelude: "Prelude")))
            .ToList();
        places.Should().HaveCountGreaterThan(Packages.Length + Guides.Length);
        for (var i = 0; i < places.Count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"Example{i}.cs"), ExampleSource.Of(places[i].Examples, $"Example{i}", places[i].Prelude));
        }

        var (code, printed) = feed.TryDotnet(folder, "build");

        printed.Should().NotMatchRegex(@"(error|warning) (CS|MW)\d+");
        code.Should().Be(0, printed);
    }
}
