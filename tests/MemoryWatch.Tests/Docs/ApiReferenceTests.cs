#if NET10_0_OR_GREATER
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Docs;

/// <summary>
/// The reference in docs/api is what the XML documentation says. After a change, run the tests with MEMORYWATCH_APPROVE=1, which writes it, and read
/// the difference before you commit it. One framework is enough: the public API of both is the same.
/// </summary>
public sealed class ApiReferenceTests
{
    private static readonly ApiReference Reference = new();

    [Fact]
    public void The_pages_are_what_the_documentation_of_the_code_says()
    {
        var folder = Pages.Folder("docs/api");
        if (Environment.GetEnvironmentVariable("MEMORYWATCH_APPROVE") == "1")
        {
            Directory.CreateDirectory(folder);
            foreach (var (name, text) in Reference.Pages)
            {
                File.WriteAllText(Path.Combine(folder, name), text);
            }
        }

        Directory.GetFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(Reference.Pages.Select(page => page.Name));
        foreach (var (name, text) in Reference.Pages)
        {
            File.ReadAllText(Path.Combine(folder, name)).ReplaceLineEndings("\n").Should().Be(text, "docs/api/{0} is written by this test", name);
        }
    }

    [Fact]
    public void Each_public_type_is_in_one_group_of_the_index()
    {
        var types = ApiPackages.All.SelectMany(ApiPackages.Types).Select(ApiName.Plain);

        ApiPurposes.All.SelectMany(group => group.Types).Should().BeEquivalentTo(types, "ApiPurposes groups the types by what they are for");
    }

    [Fact]
    public void Each_public_type_has_an_example_or_is_used_in_one()
    {
        var withoutExample = ApiPackages.All.SelectMany(ApiPackages.Types)
            .Where(type => !Reference.Examples.Of(type).Any() && Reference.Examples.Elsewhere(type) is null);

        withoutExample.Should().BeEmpty("a reader learns a type from its use: add <example><code> to its documentation");
    }
}
#endif
