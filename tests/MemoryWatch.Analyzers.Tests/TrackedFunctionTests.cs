using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests;

public sealed class TrackedFunctionTests
{
    [Theory]
    [InlineData("""await [|watch.Track("Download", id, async () => { await Work.RunAsync(); return 5; })|];""")]
    [InlineData("""await [|watch.Track("Download", id, async () => await Task.Yield())|];""")]
    [InlineData("""await [|watch.Track("Download", id, () => Work.RunAsync())|];""")]
    [InlineData("""await [|watch.Track("Download", id, Work.RunAsync)|];""")]
    [InlineData("""await [|watch.Track("Download", id, () => new ValueTask<int>(5))|];""")]
    [InlineData("""await foreach (var row in [|watch.Track("Download", id, () => Work.Rows())|]) { }""")]
    public Task An_asynchronous_function_passed_to_Track_is_found(string statements) => Code.Finds("MW0006", Code.Body(statements));

    [Theory]
    [InlineData("""watch.Track("Download", id, () => 5);""")]
    [InlineData("""await watch.TrackAsync("Download", id, async () => { await Work.RunAsync(); return 5; });""")]
    [InlineData("""var task = watch.TrackAsync("Download", () => Work.RunAsync()); await task;""")]
    [InlineData("""_ = watch.TrackAsync("Download", () => Work.RunAsync());""")]
    [InlineData("""Task<int> Start() => watch.TrackAsync("Download", () => Work.RunAsync()); await Start();""")]
    [InlineData("""await watch.TrackValueAsync("Download", id, scope => new ValueTask<int>(5));""")]
    [InlineData("""await foreach (var row in watch.TrackAsync("Export", id, Work.Rows())) { }""")]
    public Task Functions_that_are_tracked_to_their_end_are_not_found(string statements) => Code.FindsNothing(Code.Body(statements));

    [Theory]
    [InlineData("""void Run() { [|watch.TrackAsync("Download", () => Work.RunAsync())|]; }""")]
    [InlineData("""void Run() => [|watch.TrackAsync("Download", () => Work.RunAsync())|];""")]
    [InlineData("""void Run() { [|watch.TrackValueAsync("Download", default, scope => new ValueTask<int>(5))|]; }""")]
    [InlineData("""void Run() { [|watch.TrackAsync("Export", default, Work.Rows())|]; }""")]
    [InlineData("""void Run() { _ = [|watch.TrackAsync("Export", default, Work.Rows())|]; }""")]
    [InlineData("""async Task Run() { await Task.Yield(); [|watch.TrackAsync("Export", default, Work.Rows())|]; }""")]
    public Task A_result_that_is_not_used_is_found(string members) => Code.Finds("MW0007", Code.Members(members));

    [Fact]
    public Task The_compiler_already_warns_of_a_task_in_an_asynchronous_method() =>
        Code.FindsNothing(Code.Members("""async Task Run() { await Task.Yield(); watch.TrackAsync("Download", () => Work.RunAsync()); }"""));
}
