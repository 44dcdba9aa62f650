using MemoryWatch.Analyzers.CodeFixes;
using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests.Fixes;

public sealed class TrackAsyncFixTests
{
    [Theory]
    [InlineData(
        """var five = await watch.Track("Download", id, async () => { await Task.Yield(); return 5; });""",
        """var five = await watch.TrackAsync("Download", id, async () => { await Task.Yield(); return 5; });""")]
    [InlineData(
        """await watch.Track("Download", id, async () => await Task.Yield());""",
        """await watch.TrackAsync("Download", id, async () => await Task.Yield());""")]
    [InlineData(
        """await watch.Track<Task<int>>("Download", id, Work.RunAsync);""",
        """await watch.TrackAsync("Download", id, Work.RunAsync);""")]
    public Task Track_becomes_TrackAsync(string before, string after) => Code.Fixes(new TrackAsyncFix(), Code.Body(before), Code.Body(after));

    [Theory]
    [InlineData("""await watch.Track("Download", id, () => new ValueTask<int>(5));""")]
    [InlineData("""await foreach (var row in watch.Track("Download", id, () => Work.Rows())) { }""")]
    public Task Functions_that_need_other_arguments_have_no_fix(string statements) =>
        Code.HasNoFix(new TrackAsyncFix(), Code.Body(statements));
}
