using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>What a body of code does with a variable that has a scope.</summary>
internal static class Variable
{
    /// <summary>
    /// The places that the variable's value goes to. Other variables that it is assigned to are followed; the functions in the body are
    /// searched too.
    /// </summary>
    public static List<(IOperation Reference, Destination Destination)> Destinations(IOperation inside, ISymbol variable)
    {
        var body = Body(inside);
        var found = new List<(IOperation, Destination)>();
        var pending = new Stack<ISymbol>([variable]);
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { variable };
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            foreach (var reference in body.Descendants().Where(o => IsRead(o, next)))
            {
                var destination = Destination.Of(reference);
                if (destination.Kind != DestinationKind.Variable)
                {
                    found.Add((reference, destination));
                }
                else if (seen.Add(destination.Symbol!))
                {
                    pending.Push(destination.Symbol!);
                }
            }
        }

        return found;
    }

    /// <summary>The whole body that the operation is in, with the functions around it.</summary>
    public static IOperation Body(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    public static bool IsReferenceTo(IOperation operation, ISymbol variable) => operation switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };

    private static bool IsRead(IOperation operation, ISymbol variable) =>
        IsReferenceTo(operation, variable) && (operation.Parent is not ISimpleAssignmentOperation assignment || assignment.Target != operation);
}
