using System.Reflection;
using PublicApiGenerator;

namespace MemoryWatch.Tests.PublicApi;

/// <summary>
/// The public surface of each package, against a text file that is read in review. After a change that is meant, run the
/// tests with MEMORYWATCH_APPROVE=1 and read the difference before you commit it.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new()
    {
        IncludeAssemblyAttributes = false,

        // AddMemoryWatch lives where users look for it, in a namespace of Microsoft.Extensions.
        DenyNamespacePrefixes = [],
        ExcludeAttributes = ["System.Runtime.CompilerServices.InlineArrayAttribute"],
    };

    [Theory]
    [InlineData(typeof(IMemoryWatch), "MemoryWatch.approved.txt")]
    [InlineData(typeof(HostedMemoryWatchBuilder), "MemoryWatch.Hosting.approved.txt")]
    [InlineData(typeof(RequestTrackingOptions), "MemoryWatch.AspNetCore.approved.txt")]
    public void The_public_api_is_what_was_approved(Type inAssembly, string approvedFile)
    {
        ArgumentNullException.ThrowIfNull(inAssembly);
        var path = Path.Combine(SourceFolder, approvedFile);
        var actual = inAssembly.Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("MEMORYWATCH_APPROVE") == "1")
        {
            File.WriteAllText(path, actual);
        }

        actual.Should().Be(File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    private static string SourceFolder => Path.Combine(
        typeof(PublicApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!,
        "PublicApi");
}
