using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>How many values an expression has over the life of the program. A greater kind outweighs a lesser one.</summary>
internal enum VarietyKind
{
    /// <summary>One, or as many as the program's text has: constants, static fields, enums, names of types.</summary>
    Few,

    /// <summary>The caller decides: a parameter, or a member of the same object.</summary>
    CallerDecides,

    /// <summary>The code does not show it.</summary>
    Unknown,

    /// <summary>Text that is put together from something that varies.</summary>
    Varies,
}

/// <summary>Judges an expression by its form.</summary>
internal static class Variety
{
    /// <summary>How many values an expression has.</summary>
    /// <param name="value">The expression.</param>
    public static VarietyKind Of(IOperation value) => Of(value, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    /// <summary>Whether text that contains the expression varies. Then a parameter varies too: a wrapper passes a name on as it is.</summary>
    public static bool MakesTextVary(IOperation part) => MakesTextVary(part, new HashSet<ISymbol>(SymbolEqualityComparer.Default));

    private static bool MakesTextVary(IOperation part, HashSet<ISymbol> seen) => Of(part, seen) != VarietyKind.Few;

    private static VarietyKind Of(IOperation value, HashSet<ISymbol> seen)
    {
        if (value.ConstantValue.HasValue || HasFewValues(value.Type))
        {
            return VarietyKind.Few;
        }

        switch (value)
        {
            case IConversionOperation conversion:
                return Of(conversion.Operand, seen);
            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, seen);
            case IConditionalOperation { WhenFalse: { } otherwise } conditional:
                return Most(Of(conditional.WhenTrue, seen), Of(otherwise, seen));
            case ICoalesceOperation coalesce:
                return Most(Of(coalesce.Value, seen), Of(coalesce.WhenNull, seen));
            case ISwitchExpressionOperation choice:
                return choice.Arms.Aggregate(VarietyKind.Few, (most, arm) => Most(most, Of(arm.Value, seen)));
            case IThrowOperation:
                return VarietyKind.Few;
            case IInterpolatedStringOperation text:
                return Text(text.Parts.OfType<IInterpolationOperation>().Select(p => p.Expression), seen);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } sum:
                return Text([sum.LeftOperand, sum.RightOperand], seen);
            case ILocalReferenceOperation local:
                return OfLocal(local, seen);
            case IParameterReferenceOperation parameter:
                return IsOfLambda(parameter.Parameter) ? VarietyKind.Unknown : VarietyKind.CallerDecides;
            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true } }:
                return VarietyKind.Few;
            case IPropertyReferenceOperation { Property: { IsStatic: true, IsReadOnly: true } }:
                return VarietyKind.Few;
            case IPropertyReferenceOperation property when IsNameOfType(property.Property):
                return VarietyKind.Few;
            case IMemberReferenceOperation { Instance: IInstanceReferenceOperation }:
                return VarietyKind.CallerDecides;
            case IInvocationOperation call:
                return OfCall(call, seen);
            default:
                return VarietyKind.Unknown;
        }
    }

    /// <summary>The methods of <see cref="string"/> and of <see cref="object"/> give text from their receiver and their arguments.</summary>
    private static VarietyKind OfCall(IInvocationOperation call, HashSet<ISymbol> seen)
    {
        var isOfString = call.TargetMethod.ContainingType.SpecialType == SpecialType.System_String;
        if (call.Instance is { } instance && (isOfString || call.TargetMethod.Name == nameof(ToString)))
        {
            return HasFewValues(instance.Type) ? VarietyKind.Few
                : instance.Type?.SpecialType == SpecialType.System_String ? Of(instance, seen)
                : instance.Type is { IsValueType: true } ? VarietyKind.Varies
                : VarietyKind.Unknown;
        }

        return isOfString ? Text(call.Arguments.SelectMany(a => Values(a.Value)), seen) : VarietyKind.Unknown;
    }

    private static VarietyKind Text(IEnumerable<IOperation> parts, HashSet<ISymbol> seen) =>
        parts.Any(p => MakesTextVary(p, seen)) ? VarietyKind.Varies : VarietyKind.Few;

    /// <summary>The texts in an argument; a <c>params</c> array has several.</summary>
    private static ImmutableArray<IOperation> Values(IOperation argument) => argument switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        { Type.Name: "IFormatProvider" or "CultureInfo" } => ImmutableArray<IOperation>.Empty,
        _ => ImmutableArray.Create(argument),
    };

    private static VarietyKind OfLocal(ILocalReferenceOperation reference, HashSet<ISymbol> seen)
    {
        var local = reference.Local;
        if (!seen.Add(local))
        {
            return VarietyKind.Few;
        }

        var most = VarietyKind.Few;
        var isAssigned = false;
        foreach (var operation in Variable.Body(reference).Descendants())
        {
            var assigned = operation switch
            {
                IVariableDeclaratorOperation declarator when Same(declarator.Symbol, local) => declarator.GetVariableInitializer()?.Value,
                ISimpleAssignmentOperation assignment when Variable.IsReferenceTo(assignment.Target, local) => assignment.Value,
                ICoalesceAssignmentOperation assignment when Variable.IsReferenceTo(assignment.Target, local) => assignment.Value,
                _ => null,
            };
            if (assigned is not null)
            {
                isAssigned = true;
                most = Most(most, Of(assigned, seen));
            }
            else if (IsAssignedOtherwise(operation, local))
            {
                most = Most(most, operation is ICompoundAssignmentOperation ? VarietyKind.Varies : VarietyKind.Unknown);
            }
        }

        return isAssigned ? most : Most(most, VarietyKind.Unknown);
    }

    private static bool IsAssignedOtherwise(IOperation operation, ILocalSymbol local) => operation switch
    {
        ICompoundAssignmentOperation compound => Variable.IsReferenceTo(compound.Target, local),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => Variable.IsReferenceTo(argument.Value, local),
        IDeconstructionAssignmentOperation deconstruction => deconstruction.Target.Descendants().Any(o => Variable.IsReferenceTo(o, local)),
        _ => false,
    };

    private static bool HasFewValues(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable => HasFewValues(nullable.TypeArguments[0]),
        _ => type is { TypeKind: TypeKind.Enum } or { SpecialType: SpecialType.System_Boolean },
    };

    private static bool IsNameOfType(IPropertySymbol property) =>
        property is { Name: "Name" or "FullName", ContainingType: { Name: "MemberInfo" or "Type" } type }
        && type.ContainingNamespace.ToDisplayString() is "System" or "System.Reflection";

    private static bool IsOfLambda(IParameterSymbol parameter) => parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction };

    private static VarietyKind Most(VarietyKind one, VarietyKind other) => one > other ? one : other;

    private static bool Same(ISymbol one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);
}
