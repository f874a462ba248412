namespace NetGen.Generator;

/// <summary>
/// What tiles and the loops around them are given as types: the JIT compiles a method for each struct that stands in for a type parameter, and what the struct says is a
/// constant or inlined there. So one text serves all of them, and the code is as if it had been written for each.
/// </summary>
internal static class TypeArguments
{
    public const string Distance = "TDistance";

    public const string Epilogue = "TEpilogue";

    /// <summary>The epilogue in a method's parameters.</summary>
    public const string EpilogueParameter = Epilogue + " epilogue";

    /// <summary>In angle brackets, or nothing.</summary>
    public static string List(IReadOnlyList<string> types) => types.Count == 0 ? "" : $"<{string.Join(", ", types)}>";

    /// <summary>What the parameters must be, behind a method's head.</summary>
    public static string Constraints(IReadOnlyList<string> parameters) =>
        string.Concat(parameters.Select(p => $" where {p} : struct, {(p == Distance ? DistanceInterface.Instance.Name : EpilogueInterface.Instance.Name + ", allows ref struct")}"));
}

/// <summary>A number of floats as a type.</summary>
internal sealed record DistanceInterface : ITile
{
    public static readonly DistanceInterface Instance = new();

    public string Name => "IDistance";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        code.Line("/// <summary>A number of floats, as a type: a constant to the JIT.</summary>");
        using (code.Braces($"internal interface {this.Name}"))
        {
            code.Line("static abstract nint Floats { get; }");
        }
    }
}

/// <summary>A certain number of floats.</summary>
internal sealed record DistanceType(int Floats) : ITile
{
    public string Name => "By" + Literal.Of(this.Floats);

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        using (code.Braces($"internal readonly struct {this.Name} : {DistanceInterface.Instance.Name}"))
        {
            code.Line($"public static nint Floats => {this.Floats};");
        }
    }
}

/// <summary>What happens to a product in registers, as a type.</summary>
internal sealed record EpilogueInterface : ITile
{
    public static readonly EpilogueInterface Instance = new();

    public string Name => "IEpilogue";

    /// <summary>The head of a path's method.</summary>
    public static string Head(Isa isa) => $"{isa.Type} Of({isa.Type} x0, nint place, nint column)";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        code.Line();
        code.Line("/// <summary>What happens to a product x0 in registers, as a type that holds what else it takes: the JIT inlines it. An operand of Y's shape is read at a place, one number a column at a column.</summary>");
        using (code.Braces($"private interface {this.Name}"))
        {
            foreach (Isa isa in Isa.All)
            {
                code.Line($"{Head(isa)};");
            }
        }
    }
}

/// <summary>A certain epilogue.</summary>
internal sealed record EpilogueType(Epilogue Epilogue) : ITile
{
    public string Name => "Epilogue" + EpilogueNames.Of(this.Epilogue);

    /// <summary>The epilogue with a kernel's operands, as C#.</summary>
    public string Create => $"new {this.Name}({string.Join(", ", this.Epilogue.KernelOperands.Select(o => "ref " + o.Name))})";

    public void Emit(CodeWriter code, EmitOptions options)
    {
        string[] names = [.. this.Epilogue.KernelOperands.Select(o => o.Name)];
        code.Line();
        code.Line($"/// <summary>{Kernel.Xml(this.Epilogue.Body.ToString())}.</summary>");
        using (code.Braces($"private readonly ref struct {this.Name}({string.Join(", ", names.Select(n => "ref float " + n))}) : {EpilogueInterface.Instance.Name}"))
        {
            foreach (string name in names)
            {
                code.Line($"private readonly ref float {name} = ref {name};");
            }

            foreach (Isa isa in Isa.All)
            {
                if (names.Length > 0 || isa != Isa.All[0])
                {
                    code.Line();
                }

                code.Line("[MethodImpl(AggressiveInlining)]");
                using (code.Braces($"public {EpilogueInterface.Head(isa)}"))
                {
                    for (int i = 0; i < names.Length; i++)
                    {
                        code.Line($"var x{i + 1} = {isa.Load("this." + names[i], this.Epilogue.Operands[i] == EpilogueOperand.Row ? "column" : "place")};");
                    }

                    code.Line($"return {ExprEmitter.Emit(code, isa, [this.Epilogue.Body], i => "x" + Literal.Of(i), null, "t")[0]};");
                }
            }
        }
    }
}
