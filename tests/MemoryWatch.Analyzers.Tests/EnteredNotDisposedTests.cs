using MemoryWatch.Analyzers.Tests.Support;

namespace MemoryWatch.Analyzers.Tests;

public sealed class EnteredNotDisposedTests
{
    [Theory]
    [InlineData("[|scope.Enter()|];")]
    [InlineData("_ = [|scope.Enter()|];")]
    [InlineData("var entered = [|scope.Enter()|]; Work.Do();")]
    public Task An_entered_block_that_nothing_ends_is_found(string statements) =>
        Code.Finds("MW0005", Code.Members("void Run(OperationScope scope) { " + statements + " }"));

    [Theory]
    [InlineData("using (scope.Enter()) { Work.Do(); }")]
    [InlineData("using (scope?.Enter()) { Work.Do(); }")]
    [InlineData("using var entered = scope!.Enter();")]
    [InlineData("var entered = scope!.Enter(); try { Work.Do(); } finally { entered.Dispose(); }")]
    public Task An_entered_block_that_ends_is_not_found(string statements) =>
        Code.FindsNothing(Code.Members("void Run(OperationScope? scope) { " + statements + " }"));
}
