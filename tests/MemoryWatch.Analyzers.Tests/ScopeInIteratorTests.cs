using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests;

public sealed class ScopeInIteratorTests
{
    [Theory]
    [InlineData("""using var scope = [|watch.Track("Export")|]; yield return 1;""")]
    [InlineData("""using (var scope = [|watch.Track("Export")|]) { for (var i = 0; i < 3; i++) { yield return i; } }""")]
    [InlineData("""using ([|watch.Track("Export")|]) { if (watch.IsEnabled) { yield return 1; } }""")]
    [InlineData("""var scope = [|watch.Track("Export")|]; try { yield return 1; } finally { scope.Dispose(); }""")]
    [InlineData("""var scope = [|watch.Track("Export")|]; using (scope) { yield return 1; }""")]
    [InlineData("""using (OperationScope.None) { using ([|OperationScope.None.Enter()|]) { yield return 1; } }""")]
    public async Task A_scope_that_is_open_at_a_yield_is_found(string statements)
    {
        await Code.Finds("MW0003", Code.Members("IEnumerable<int> Rows() { " + statements + " }"));
        await Code.Finds("MW0003", Code.Members("IEnumerator<int> Rows() { " + statements + " }"));
        await Code.Finds("MW0003", Code.Members("async IAsyncEnumerable<int> Rows() { await Task.Yield(); " + statements + " }"));
        await Code.Finds("MW0003", Code.Members("IEnumerable<int> Rows { get { " + statements + " } }"));
        await Code.Finds("MW0003", Code.Body("IEnumerable<int> Rows() { " + statements + " } await Task.Yield(); _ = Rows();"));
    }

    [Theory]
    [InlineData("""using (watch.Track("Load")) { Work.Do(); } yield return 1;""")]
    [InlineData("""yield return 1; using (watch.Track("Close")) { Work.Do(); }""")]
    [InlineData("""yield return 1; using var scope = watch.Track("Close"); Work.Do();""")]
    [InlineData("""foreach (var i in new[] { 1, 2 }) { using (watch.Track("Row")) { Work.Do(); } yield return i; }""")]
    [InlineData("""using (watch.Track("Load")) { yield break; }""")]
    [InlineData("""yield return watch.Track("Parse", default, () => { using var scope = watch.Track("Part"); return 1; });""")]
    [InlineData("""var scope = watch.Track("Load"); Work.Do(); scope.Dispose(); yield return 1;""")]
    public async Task A_scope_that_is_closed_before_the_yield_is_not_found(string statements)
    {
        await Code.FindsNothing(Code.Members("IEnumerable<int> Rows() { " + statements + " yield break; }"));
        await Code.FindsNothing(Code.Members("async IAsyncEnumerable<int> Rows() { await Task.Yield(); " + statements + " yield break; }"));
    }

    [Fact]
    public Task The_yields_of_functions_within_the_block_do_not_count() => Code.FindsNothing(Code.Body(
        """using var scope = watch.Track("Export"); IEnumerable<int> Rows() { yield return 1; } foreach (var row in Rows()) { Work.Do(); }"""));

    [Fact]
    public Task A_tracked_sequence_is_not_found() => Code.FindsNothing(Code.Members(
        """
        IAsyncEnumerable<int> Rows() => watch.TrackAsync("Export", default, Core());
        async IAsyncEnumerable<int> Core() { await Task.Yield(); yield return 1; }
        """));

    [Fact]
    public async Task The_message_says_what_happens_in_each_kind_of_iterator()
    {
        const string Body = """Rows() { using var scope = watch.Track("Export"); yield return 1; }""";

        var synchronous = (await Code.FindAsync(Code.Members("IEnumerable<int> " + Body))).Single().GetMessage();
        var asynchronous = (await Code.FindAsync(Code.Members("async IAsyncEnumerable<int> " + Body))).Single().GetMessage();

        synchronous.Should().Contain("charged with the work of the consumer");
        asynchronous.Should().Contain("what follows the first one is not attributed").And.Contain("TrackAsync");
    }
}
