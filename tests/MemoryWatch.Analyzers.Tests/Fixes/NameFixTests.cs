using MemoryWatch.Analyzers.CodeFixes;
using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests.Fixes;

public sealed class NameFixTests
{
    [Theory]
    [InlineData("""using (watch.Track($"Download {id}")) { }""", """using (watch.Track("Download", id)) { }""")]
    [InlineData("""using (watch.Track($"Download: {size}")) { }""", """using (watch.Track("Download", $"{size}")) { }""")]
    [InlineData("""using (watch.Track($"Download ({size:N0})")) { }""", """using (watch.Track("Download", $"{size:N0}")) { }""")]
    [InlineData("""using (watch.Track($"{id} Download")) { }""", """using (watch.Track("Download", id)) { }""")]
    [InlineData("""using (watch.Track($"Download {(flag ? id : "x")}")) { }""", """using (watch.Track("Download", flag ? id : "x")) { }""")]
    [InlineData("""using (watch.Track($"Download {id}", default)) { }""", """using (watch.Track("Download", id)) { }""")]
    [InlineData(
        """using (watch.Track($"Download {id}", default, OperationVerbosity.Quiet)) { }""",
        """using (watch.Track("Download", id, OperationVerbosity.Quiet)) { }""")]
    [InlineData(
        """await watch.TrackAsync($"Download {id}", () => Work.RunAsync());""",
        """await watch.TrackAsync("Download", id, () => Work.RunAsync());""")]
    [InlineData(
        """await MemoryWatchExtensions.TrackAsync(watch, $"Download {id}", Work.RunAsync);""",
        """await MemoryWatchExtensions.TrackAsync(watch, "Download", id, Work.RunAsync);""")]
    public Task The_hole_moves_to_the_context(string before, string after) =>
        Code.Fixes(new NameFix(), Code.Body(before), Code.Body(after));

    [Theory]
    [InlineData("""using (watch.Track($"Download {id}", "User 5")) { }""")]
    [InlineData("""using (watch.Track($"Download {id} of {size}")) { }""")]
    [InlineData("""using (watch.Track($"Download {id} again")) { }""")]
    [InlineData("""using (watch.Track($"Download (size {size:N0})")) { }""")]
    [InlineData("""using (watch.Track($"{id}")) { }""")]
    [InlineData("""using (watch.Track(name: $"Download {id}")) { }""")]
    [InlineData("""using (watch.Track("Download " + id)) { }""")]
    public Task A_name_that_may_be_split_in_several_ways_has_no_fix(string statements) =>
        Code.HasNoFix(new NameFix(), Code.Body(statements));
}
