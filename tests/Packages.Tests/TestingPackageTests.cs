namespace Packages.Tests;

/// <summary>The package for users' unit tests, in a program that has no test framework.</summary>
[Collection(SharedFeed.Name)]
public sealed class TestingPackageTests(Feed feed, ITestOutputHelper output)
{
    private const string Program =
        """
        using MemoryWatch;
        using MemoryWatch.Testing;

        var watch = new FakeMemoryWatch();
        using (watch.Track("Download", "User 7"))
        {
        }

        Console.WriteLine($"Recorded: {watch.Operations.Single().Name}");
        MemoryAssert.AllocatesAtMost(4096, () => GC.KeepAlive(new byte[1000]));
        try
        {
            MemoryAssert.AllocatesAtMost(100, () => GC.KeepAlive(new byte[1000]));
        }
        catch (MemoryAssertionException exception)
        {
            Console.WriteLine(exception.Message);
        }
        """;

    [Fact]
    public void Its_fake_records_and_its_assertions_name_numbers()
    {
        var folder = feed.NewProject("Testing", new("console", "MemoryWatch.Testing") { Framework = "net8.0" }, Program);

        var printed = feed.Dotnet(folder, "run", "-c", "Release");

        output.WriteLine(printed);
        printed.Should().Contain("Recorded: Download").And.MatchRegex("1,0[0-9]{2} B.*100 B");
    }
}
