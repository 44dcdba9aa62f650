using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MemoryWatch.Analyzers;

/// <summary>What the code does with a value that has to be disposed.</summary>
internal enum DestinationKind
{
    /// <summary>It is dropped: it stands alone, or is assigned to a discard.</summary>
    Dropped,

    /// <summary>A member other than <c>Dispose</c> is used, or the value is compared with <see langword="null"/>.</summary>
    Used,

    /// <summary>It is disposed, or in a <c>using</c>.</summary>
    Disposed,

    /// <summary>It goes to a local variable or to a parameter.</summary>
    Variable,

    /// <summary>It goes to a field or to a property.</summary>
    Member,

    /// <summary>It goes elsewhere: returned, passed as an argument, put into a collection. Others are responsible then.</summary>
    PassedOn,
}

/// <summary>The place that a value goes to.</summary>
internal readonly struct Destination
{
    private Destination(DestinationKind kind, ISymbol? symbol = null) => (Kind, Symbol) = (kind, symbol);

    public DestinationKind Kind { get; }

    /// <summary>The variable or the member.</summary>
    public ISymbol? Symbol { get; }

    public static Destination Of(IOperation value)
    {
        value = Whole(value);
        return value.Parent switch
        {
            IExpressionStatementOperation => new(DestinationKind.Dropped),
            IAssignmentOperation assignment when assignment.Value == value => OfTarget(assignment),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => OfDeclarator(declarator),
            IFieldInitializerOperation initializer => new(DestinationKind.Member, initializer.InitializedFields.FirstOrDefault()),
            IPropertyInitializerOperation initializer => new(DestinationKind.Member, initializer.InitializedProperties.FirstOrDefault()),
            IUsingOperation => new(DestinationKind.Disposed),
            IInvocationOperation call when call.Instance == value =>
                new(call.TargetMethod.Name == nameof(IDisposable.Dispose) ? DestinationKind.Disposed : DestinationKind.Used),
            IPropertyReferenceOperation member when member.Instance == value => new(DestinationKind.Used),
            IConditionalAccessOperation access when access.Operation == value => Of(Receiver(access)),
            IBinaryOperation comparison when IsNull(comparison.LeftOperand) || IsNull(comparison.RightOperand) => new(DestinationKind.Used),
            IIsPatternOperation { Pattern: IConstantPatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } =>
                new(DestinationKind.Used),
            INameOfOperation => new(DestinationKind.Used),
            _ => new(DestinationKind.PassedOn),
        };
    }

    /// <summary>The expression that has this value: in <c>flag ? value : other</c> the whole of it.</summary>
    public static IOperation Whole(IOperation value)
    {
        while (IsPartOf(value.Parent, value))
        {
            value = value.Parent!;
        }

        return value;
    }

    /// <summary>Whether the value is declared by <c>using</c>, as a statement with a block or without.</summary>
    public static IOperation? UsingOf(IOperation value) => Whole(value).Parent switch
    {
        IUsingOperation statement => statement,
        IVariableInitializerOperation initializer => Declaration(initializer).Parent switch
        {
            IUsingOperation statement => statement,
            IUsingDeclarationOperation declaration => declaration,
            _ => null,
        },
        _ => null,
    };

    private static bool IsPartOf(IOperation? parent, IOperation value) => parent switch
    {
        IConversionOperation conversion => conversion.OperatorMethod is null,
        IParenthesizedOperation or ICoalesceOperation => true,
        IConditionalOperation conditional => conditional.Type is not null && conditional.Condition != value,
        ISwitchExpressionArmOperation arm => arm.Value == value,
        ISwitchExpressionOperation choice => choice.Value != value,
        IConditionalAccessOperation access => access.WhenNotNull == value,
        _ => false,
    };

    private static Destination OfTarget(IAssignmentOperation assignment) => assignment.Target switch
    {
        IDiscardOperation => new(DestinationKind.Dropped),
        ILocalReferenceOperation { Local: { IsRef: false } local } when IsStatement(assignment) => new(DestinationKind.Variable, local),
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } when IsStatement(assignment) =>
            new(DestinationKind.Variable, parameter),
        IPropertyReferenceOperation { Property.IsIndexer: false } property => new(DestinationKind.Member, property.Property),
        IFieldReferenceOperation field => new(DestinationKind.Member, field.Field),
        _ => new(DestinationKind.PassedOn),
    };

    private static bool IsStatement(IAssignmentOperation assignment) => assignment.Parent is IExpressionStatementOperation;

    private static Destination OfDeclarator(IVariableDeclaratorOperation declarator)
    {
        var declaration = declarator.Initializer is { } initializer ? Declaration(initializer) : declarator;
        return declaration.Parent is IUsingOperation or IUsingDeclarationOperation
            ? new(DestinationKind.Disposed)
            : declarator.Symbol.IsRef ? new(DestinationKind.PassedOn) : new(DestinationKind.Variable, declarator.Symbol);
    }

    private static IOperation Declaration(IVariableInitializerOperation initializer)
    {
        IOperation declaration = initializer;
        while (declaration.Parent is IVariableDeclaratorOperation or IVariableDeclarationOperation or IVariableDeclarationGroupOperation)
        {
            declaration = declaration.Parent;
        }

        return declaration;
    }

    /// <summary>In <c>value?.Member</c>, what stands for the value in front of the member.</summary>
    private static IOperation Receiver(IConditionalAccessOperation access) =>
        access.WhenNotNull.DescendantsAndSelf().First(o => o is IConditionalAccessInstanceOperation);

    private static bool IsNull(IOperation operand) =>
        Operand(operand).ConstantValue is { HasValue: true, Value: null };

    private static IOperation Operand(IOperation operand) => operand is IConversionOperation conversion ? conversion.Operand : operand;
}
