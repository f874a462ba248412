using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>Reads the attributes of a network, and of the blocks in it, from source and from metadata alike.</summary>
internal sealed class TapeReader(CancellationToken cancellationToken)
{
    /// <summary>Elements as written, blocks opened but not yet repeated. Blocks that double each other reach any number, so there is an end.</summary>
    private const int MostElements = 10_000;

    private const int DeepestNesting = 64;

    private static readonly HashSet<string> Modifiers = ["Name", "From", "Trainable", "Training", "When", "Repeat", "TimeDistributed"];

    private readonly Stack<INamedTypeSymbol> open = new();
    private int count;
    private bool full;

    public List<Problem> Problems { get; } = [];

    /// <summary>See <see cref="FrontendResult.IsComplete"/>.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>The tape of a network.</summary>
    public EquatableArray<ElementSpec> Read(INamedTypeSymbol network) => this.ReadElements(network, null);

    /// <summary>The body of a block that is looked at for itself.</summary>
    public EquatableArray<ElementSpec> ReadBody(INamedTypeSymbol block)
    {
        this.open.Push(block.OriginalDefinition);
        return this.ReadElements(block, null);
    }

    /// <summary>The arguments of an attribute under their Pascal-case names; what is null, or an empty <c>params</c> array, counts as not given.</summary>
    public static EquatableArray<ArgumentSpec> ReadArguments(AttributeData attribute)
    {
        List<ArgumentSpec> arguments = [];
        if (attribute.AttributeConstructor is { } constructor)
        {
            for (int i = 0; i < constructor.Parameters.Length && i < attribute.ConstructorArguments.Length; i++)
            {
                IParameterSymbol parameter = constructor.Parameters[i];
                if (ConstantReader.Read(attribute.ConstructorArguments[i]) is { } value && !(parameter.IsParams && value is ArrayValue { Items.Count: 0 }))
                {
                    Set(arguments, PascalCase.From(parameter.Name), value);
                }
            }
        }

        ReadNamedArguments(attribute, arguments);
        return arguments.ToEquatableArray();
    }

    /// <summary>
    /// The constructor that <c>[Block&lt;T&gt;(...)]</c> with so many arguments means: the first public one that takes them, or else the first public one.
    /// </summary>
    public static IMethodSymbol? BlockConstructor(INamedTypeSymbol block, int arguments)
    {
        IMethodSymbol[] constructors = [.. block.InstanceConstructors.Where(c => c.DeclaredAccessibility == Accessibility.Public)];
        return constructors.FirstOrDefault(c => Takes(c, arguments)) ?? constructors.FirstOrDefault();
    }

    private EquatableArray<ElementSpec> ReadElements(INamedTypeSymbol type, int? outer)
    {
        List<ElementSpec> elements = [];
        int index = -1;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (attribute.AttributeClass is not { TypeKind: not TypeKind.Error } attributeClass)
            {
                this.ReportUnreadable(attribute, type, outer ?? -1);
            }
            else if (Known.IsTape(attributeClass))
            {
                index++;
                if (this.ReadElement(attribute, attributeClass, type, outer ?? index) is { } element)
                {
                    elements.Add(element);
                }
            }
        }

        return elements.ToEquatableArray();
    }

    private ElementSpec? ReadElement(AttributeData attribute, INamedTypeSymbol attributeClass, INamedTypeSymbol owner, int index)
    {
        if (this.IsBroken(attribute))
        {
            this.ReportUnreadable(attribute, owner, index);
        }

        if (this.full || ++this.count > MostElements)
        {
            if (!this.full)
            {
                this.full = true;
                this.Problems.Add(new Problem("NG0025", index, null, $"The blocks of this network hold more than {MostElements} attributes."));
            }

            return null;
        }

        if (!Known.IsBlock(attributeClass))
        {
            return new LayerSpec(Kind(attributeClass), ReadArguments(attribute), index);
        }

        return Known.BlockArgument(attributeClass) is { } argument
            ? this.ReadBlockOf(attribute, argument, index)
            : this.ReadBlock(attributeClass, ReadArguments(attribute), attribute.AttributeConstructor, index);
    }

    /// <summary><c>[Block&lt;T&gt;(...)]</c>: its positional arguments are those of T's constructor.</summary>
    private BlockSpec? ReadBlockOf(AttributeData attribute, INamedTypeSymbol block, int index)
    {
        if (block.TypeKind == TypeKind.Error)
        {
            this.ReportUnreadable(attribute, block, index);
            return null;
        }

        if (block.IsAbstract || Known.BlockArgument(block) is not null)
        {
            this.Problems.Add(new Problem("NG0026", index, null, $"{block.Name} is no block that can be applied; Block<T> needs a class with layers of its own."));
            return null;
        }

        EquatableArray<ArgumentValue> values = ReadArguments(attribute).FirstOrDefault(a => a.Name == "Arguments")?.Value is ArrayValue array ? array.Items : [];
        IMethodSymbol? constructor = BlockConstructor(block, values.Count);
        if (constructor is null || !Takes(constructor, values.Count))
        {
            this.Problems.Add(new Problem("NG0026", index, values.Count > 0 ? "Arguments" : null,
                $"{Kind(block)} takes {(constructor is null ? "no arguments, because it has no public constructor" : $"({string.Join(", ", constructor.Parameters.Select(p => p.Name))})")}, found {values.Count} arguments."));
            return null;
        }

        List<ArgumentSpec> arguments = [];
        for (int i = 0; i < constructor.Parameters.Length && i < values.Count; i++)
        {
            IParameterSymbol parameter = constructor.Parameters[i];
            Set(arguments, PascalCase.From(parameter.Name), parameter.IsParams ? new ArrayValue(values.Skip(i).ToEquatableArray()) : values[i]);
        }

        ReadNamedArguments(attribute, arguments);
        return this.ReadBlock(block, arguments.ToEquatableArray(), constructor, index);
    }

    private BlockSpec? ReadBlock(INamedTypeSymbol block, EquatableArray<ArgumentSpec> arguments, IMethodSymbol? constructor, int index)
    {
        if (this.open.Any(o => SymbolEqualityComparer.Default.Equals(o, block.OriginalDefinition)))
        {
            string path = string.Join(" → ", this.open.Reverse().Append(block).Select(Kind));
            this.Problems.Add(new Problem("NG0016", index, null, $"The block {Kind(block)} contains itself: {path}."));
            return null;
        }

        if (this.open.Count == DeepestNesting)
        {
            this.Problems.Add(new Problem("NG0025", index, null, $"Blocks are nested more than {DeepestNesting} deep."));
            return null;
        }

        if (constructor?.Parameters.FirstOrDefault(p => Modifiers.Contains(PascalCase.From(p.Name))) is { } taken)
        {
            this.Problems.Add(new Problem("NG0026", index, null, $"The parameter {taken.Name} of the block {Kind(block)} has the name of a modifier that every block has; give it another."));
        }

        this.open.Push(block.OriginalDefinition);
        EquatableArray<ElementSpec> body = this.ReadElements(block, index);
        this.open.Pop();
        EquatableArray<BlockParameter> parameters = (constructor?.Parameters ?? [])
            .Select(p => new BlockParameter(p.Name, ConstantReader.ReadDefault(p), p.Type.SpecialType == SpecialType.System_String))
            .ToEquatableArray();
        return new BlockSpec(Kind(block), arguments, index, parameters, body);
    }

    private bool IsBroken(AttributeData attribute) =>
        attribute.AttributeConstructor is null
        || attribute.ConstructorArguments.Any(ConstantReader.IsBroken)
        || attribute.NamedArguments.Any(a => ConstantReader.IsBroken(a.Value))
        // Roslyn drops a named argument that no property has.
        || (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax { ArgumentList.Arguments: var written }
            && written.Count(a => a.NameEquals is not null) != attribute.NamedArguments.Length);

    /// <summary>In source the C# compiler says what is wrong; in metadata nobody else would.</summary>
    private void ReportUnreadable(AttributeData attribute, INamedTypeSymbol owner, int index)
    {
        if (attribute.ApplicationSyntaxReference is null)
        {
            this.Problems.Add(new Problem("NG0027", index, null,
                $"The attribute {attribute.AttributeClass?.Name} on {owner.Name} of the assembly {owner.ContainingAssembly?.Name} cannot be read; "
                + $"is {attribute.AttributeClass?.ContainingAssembly?.Name} referenced in the version that it was built with?"));
        }

        this.IsComplete = false;
    }

    private static bool Takes(IMethodSymbol constructor, int arguments)
    {
        int required = constructor.Parameters.Count(p => !p.HasExplicitDefaultValue && !p.IsParams);
        bool open = constructor.Parameters.LastOrDefault()?.IsParams ?? false;
        return arguments >= required && (open || arguments <= constructor.Parameters.Length);
    }

    private static void ReadNamedArguments(AttributeData attribute, List<ArgumentSpec> arguments)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (ConstantReader.Read(argument.Value) is { } value)
            {
                Set(arguments, argument.Key, value);
            }
        }
    }

    private static void Set(List<ArgumentSpec> arguments, string name, ArgumentValue value)
    {
        arguments.RemoveAll(a => a.Name == name);
        arguments.Add(new ArgumentSpec(name, value));
    }

    /// <summary><c>DenseAttribute</c> is Dense, <c>Ops.WhereAttribute</c> is Ops.Where.</summary>
    private static string Kind(INamedTypeSymbol attribute)
    {
        const string Suffix = "Attribute";
        string name = attribute.Name;
        if (name.Length > Suffix.Length && name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            name = name.Substring(0, name.Length - Suffix.Length);
        }

        return attribute.ContainingType is { } container && !Known.IsBlock(attribute) ? container.Name + "." + name : name;
    }
}
