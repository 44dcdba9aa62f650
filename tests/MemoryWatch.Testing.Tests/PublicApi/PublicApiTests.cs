using System.Reflection;
using PublicApiGenerator;

namespace MemoryWatch.Testing.Tests.PublicApi;

/// <summary>
/// The public surface of the package, against a text file that is read in review. After a change that is meant, run the tests with
/// MEMORYWATCH_APPROVE=1 and read the difference before you commit it.
/// </summary>
public sealed class PublicApiTests
{
    [Fact]
    public void The_public_api_is_what_was_approved()
    {
        var folder = typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!;
        var path = Path.Combine(folder, "PublicApi", "MemoryWatch.Testing.approved.txt");
        var actual = typeof(FakeMemoryWatch).Assembly.GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false })
            .ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("MEMORYWATCH_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.Should().Be(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_public_type_has_an_example()
    {
        var documentation = System.Xml.Linq.XDocument.Load(Path.ChangeExtension(typeof(FakeMemoryWatch).Assembly.Location, ".xml"));

        typeof(FakeMemoryWatch).Assembly.GetExportedTypes().Should().OnlyContain(type => documentation.Descendants("member")
            .Single(m => m.Attribute("name")!.Value == $"T:{type.FullName}").Element("example") != null);
    }
}
