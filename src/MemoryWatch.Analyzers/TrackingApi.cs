using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>The members of MemoryWatch that the rules are about, as symbols of one compilation.</summary>
internal sealed class TrackingApi
{
    // In a test, calls of a stand-in describe what is expected, and start nothing.
    private static readonly string[] StandIns = ["NSubstitute", "Moq", "FakeItEasy"];

    private readonly INamedTypeSymbol _watch;
    private readonly INamedTypeSymbol _extensions;
    private readonly INamedTypeSymbol _scope;
    private readonly INamedTypeSymbol _entered;

    private TrackingApi(INamedTypeSymbol watch, INamedTypeSymbol extensions, INamedTypeSymbol scope, INamedTypeSymbol entered) =>
        (_watch, _extensions, _scope, _entered) = (watch, extensions, scope, entered);

    /// <summary>The API that the compilation references; <see langword="null"/> if it does not reference MemoryWatch.</summary>
    public static TrackingApi? Of(Compilation compilation) =>
        compilation.GetTypeByMetadataName("MemoryWatch.IMemoryWatch") is { } watch
        && compilation.GetTypeByMetadataName("MemoryWatch.MemoryWatchExtensions") is { } extensions
        && compilation.GetTypeByMetadataName("MemoryWatch.OperationScope") is { } scope
        && compilation.GetTypeByMetadataName("MemoryWatch.EnteredOperation") is { } entered
            ? new TrackingApi(watch, extensions, scope, entered)
            : null;

    /// <summary>Whether the call starts an operation and returns its scope.</summary>
    public bool StartsOperation(IInvocationOperation call) =>
        Same(call.TargetMethod.ReturnType, _scope) && IsOfWatch(call.TargetMethod) && !IsDescription(call);

    /// <summary>Whether the call is one of <c>OperationScope.Enter</c>.</summary>
    public bool EntersOperation(IInvocationOperation call) =>
        Same(call.TargetMethod.ReturnType, _entered) && Same(call.TargetMethod.ContainingType, _scope);

    /// <summary>Whether the method runs a function or a sequence as an operation: the extension methods but <c>Fail</c>.</summary>
    public bool RunsOperation(IMethodSymbol method) => IsExtension(method) && !method.ReturnsVoid && !Same(method.ReturnType, _scope);

    /// <summary>The name of the operation that the call starts; <see langword="null"/> if it starts none.</summary>
    public IArgumentOperation? NameIn(IInvocationOperation call) =>
        StartsOperation(call) || IsExtension(call.TargetMethod)
            ? call.Arguments.FirstOrDefault(a => a.Parameter is { Name: "name", Type.SpecialType: SpecialType.System_String })
            : null;

    private bool IsExtension(IMethodSymbol method) => Same((method.ReducedFrom ?? method).ContainingType, _extensions);

    private bool IsOfWatch(IMethodSymbol method)
    {
        if (IsExtension(method))
        {
            return true;
        }

        for (var m = method.OriginalDefinition; m is not null; m = m.OverriddenMethod?.OriginalDefinition)
        {
            if (Same(m.ContainingType, _watch) || Implements(m))
            {
                return true;
            }
        }

        return false;
    }

    private bool Implements(IMethodSymbol method) =>
        method.ContainingType.AllInterfaces.Contains(_watch, SymbolEqualityComparer.Default)
        && _watch.GetMembers().Any(m => Same(method.ContainingType.FindImplementationForInterfaceMember(m), method));

    /// <summary>Whether the call only describes a call: it is part of an expression tree, or of the set-up of a stand-in.</summary>
    private static bool IsDescription(IInvocationOperation call)
    {
        if (call.Instance is IInvocationOperation receiver && IsOfStandIn(receiver))
        {
            return true;
        }

        for (var outer = call.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IConversionOperation { Operand: IAnonymousFunctionOperation, Type.Name: "Expression" }
                || (outer is IInvocationOperation around && IsOfStandIn(around)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsOfStandIn(IInvocationOperation call)
    {
        var space = call.TargetMethod.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
        {
            space = space.ContainingNamespace;
        }

        return space is not null && StandIns.Contains(space.Name);
    }

    private static bool Same(ISymbol? one, ISymbol? other) => SymbolEqualityComparer.Default.Equals(one, other);
}
