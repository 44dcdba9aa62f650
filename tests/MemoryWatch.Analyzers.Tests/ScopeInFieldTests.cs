using MemoryWatch.Analyzers.Tests.Support;
using Microsoft.CodeAnalysis;

namespace MemoryWatch.Analyzers.Tests;

public sealed class ScopeInFieldTests
{
    [Theory]
    [InlineData("""OperationScope? _scope; void Run() => _scope = [|watch.Track("Download")|];""")]
    [InlineData("""readonly OperationScope _scope = [|watch.Track("Download")|];""")]
    [InlineData("""OperationScope Scope { get; } = [|watch.Track("Download")|];""")]
    [InlineData("""OperationScope? _scope; void Run() => _scope ??= [|watch.Track("Download")|];""")]
    [InlineData("""OperationScope? _scope; void Run() { var scope = watch.Track("Download"); _scope = [|scope|]; }""")]
    [InlineData("""OperationScope? _scope; void Run() => _scope = [|watch.Track("Download")|]; void Stop() => _scope?.Dispose();""")]
    [InlineData("""static OperationScope? _scope; void Run() => _scope = [|watch.Track("Download")|]; void Stop() => _scope?.Dispose();""")]
    public Task A_scope_in_a_field_or_property_is_found(string members) => Code.Finds("MW0002", Code.Members(members));

    [Theory]
    [InlineData("_scope.Dispose();")]
    [InlineData("using (_scope) { }")]
    [InlineData("var scope = _scope; scope.Dispose();")]
    [InlineData("Work.Take(_scope);")]
    public Task A_field_that_a_disposable_type_disposes_is_only_mentioned(string dispose) => Code.Finds(
        "MW0002",
        Code.Members(string.Empty) + $$"""
        sealed class Session(IMemoryWatch watch) : IDisposable
        {
            readonly OperationScope _scope = [|watch.Track("Session")|];
            public void Dispose() { {{dispose}} }
        }
        """,
        DiagnosticSeverity.Info);

    [Fact]
    public Task A_disposable_type_that_does_not_dispose_the_field_is_found() => Code.Finds(
        "MW0002",
        Code.Members(string.Empty) + """
        sealed class Session(IMemoryWatch watch) : IDisposable
        {
            readonly OperationScope _scope = [|watch.Track("Session")|];
            public void Dispose() { _scope.Charge(5); }
        }
        """);

    [Fact]
    public Task A_nested_type_may_dispose_the_field() => Code.Finds(
        "MW0002",
        Code.Members(string.Empty) + """
        sealed class Session(IMemoryWatch watch) : IAsyncDisposable
        {
            readonly OperationScope _scope = [|watch.Track("Session")|];
            public ValueTask DisposeAsync() { End.Of(this); return default; }
            static class End { public static void Of(Session session) => session._scope.Dispose(); }
        }
        """,
        DiagnosticSeverity.Info);

    [Theory]
    [InlineData("""Job Start() => new Job { Scope = [|watch.Track("Download")|] };""")]
    [InlineData("""void Start(Job job) { job.Scope = [|watch.Track("Download")|]; }""")]
    [InlineData("""void Start(Job job) { var scope = watch.Track("Download"); job.Scope = [|scope|]; }""")]
    public Task A_scope_that_another_object_carries_to_its_consumer_is_only_mentioned(string members) =>
        Code.Finds("MW0002", Code.Members(members), DiagnosticSeverity.Info);

    [Theory]
    [InlineData("""Dictionary<int, OperationScope> _scopes = []; void Run(int id) => _scopes[id] = watch.Track("Download");""")]
    [InlineData("""List<OperationScope> _scopes = []; void Run() => _scopes.Add(watch.Track("Download"));""")]
    [InlineData("""OperationScope? _scope; void Run(OperationScope scope) { _scope = scope; _scope = OperationScope.None; }""")]
    public Task Collections_and_scopes_of_others_are_not_found(string members) => Code.FindsNothing(Code.Members(members));
}
