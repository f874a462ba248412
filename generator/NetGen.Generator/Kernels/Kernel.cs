namespace NetGen.Generator;

/// <summary>How a kernel touches an operand when its work is split over threads.</summary>
internal enum Access
{
    /// <summary>A part reads only what belongs to its own units.</summary>
    ReadOwn,

    /// <summary>Every part may read anything.</summary>
    ReadAll,

    /// <summary>A part writes only what belongs to its own units, laid out unit by unit.</summary>
    WriteOwn,

    /// <summary>A part writes its own share, whose place is not contiguous (a block of columns).</summary>
    WriteScattered,
}

/// <summary>An operand in a kernel's signature.</summary>
/// <param name="Name">The reference's name in the emitted method, by the field's usage: x, w, b, y.</param>
/// <param name="Access">How parts touch it.</param>
internal sealed record KernelOperand(string Name, Access Access);

/// <summary>
/// A method of the emitted code: an op on fixed shapes with a fixed tiling. Kernels are records; equal ones are emitted once in a network.
/// </summary>
internal abstract record Kernel
{
    /// <summary>Technique and shapes: <c>MatMul_784x128_Relu</c>. Unique among different kernels.</summary>
    public abstract string Name { get; }

    /// <summary>Formula and shapes, and why this kernel: the comment at the head of the method, and the schedule's line.</summary>
    public abstract string Summary { get; }

    public abstract IReadOnlyList<KernelOperand> Operands { get; }

    /// <summary>Run-time sizes that it is given beside the operands, in order: emitted as <c>nint</c> parameters named by the symbols.</summary>
    public abstract IReadOnlyList<string> Sizes { get; }

    /// <summary>The number of independent units of work that threads may share, or null where one part does it all.</summary>
    public abstract Dim? Units { get; }

    /// <summary>
    /// The units that one call takes at least, so that it does not repeat what their neighbours need too; null where a part's share must stay in one piece.
    /// </summary>
    public virtual int? Grain => 1;

    /// <summary>Whether it draws random numbers.</summary>
    public virtual bool UsesRandom => false;

    /// <summary>Whether it is given the frame, which has the key of random numbers and the number of the part.</summary>
    public virtual bool UsesFrame => this.UsesRandom;

    /// <summary>The operands, scalars, any of which being 0 makes the kernel disregard an operand, whatever lies there.</summary>
    public virtual IEnumerable<int> GuardsOf(int operand) => [];

    /// <summary>Multiply-adds, for the decision whether threads are worth it.</summary>
    public virtual Dim Work => 0;

    /// <summary>The register tiles that it calls, by itself or through a loop that it shares.</summary>
    public virtual IEnumerable<RegisterTile> Tiles => [];

    /// <summary>The methods and types that it shares with other kernels. Equal ones are written once.</summary>
    public virtual IEnumerable<ITile> Shared => this.Tiles.SelectMany(t => t.Shared);

    /// <summary>The call of a step.</summary>
    /// <param name="references">The operands' C#.</param>
    /// <param name="range">The first unit and the one behind the last, if there are units.</param>
    public virtual string Call(IReadOnlyList<string> references, IReadOnlyList<string> range)
    {
        IEnumerable<string> frame = this.UsesFrame ? ["in frame"] : [];
        return $"{this.Name}({string.Join(", ", references.Concat(this.Sizes).Concat(frame).Concat(range))})";
    }

    /// <summary>Writes the method, if it has one of its own.</summary>
    public abstract void Emit(CodeWriter code, EmitOptions options);

    /// <summary>The emitted signature's parameter list.</summary>
    protected string Parameters()
    {
        IEnumerable<string> operands = this.Operands.Select(o => "ref float " + o.Name);
        IEnumerable<string> sizes = this.Sizes.Select(s => "nint " + s);
        IEnumerable<string> frame = this.UsesFrame ? ["in Frame frame"] : [];
        IEnumerable<string> range = this.Units is null ? [] : ["nint start", "nint end"];
        return string.Join(", ", operands.Concat(sizes).Concat(frame).Concat(range));
    }

    /// <summary>The comment and the head of the kernel's entry method.</summary>
    protected CodeWriter.Block Entry(CodeWriter code, bool optimize, EmitOptions options)
    {
        code.Line();
        code.Line("/// <summary>" + Xml(this.Summary) + "</summary>");
        if (optimize)
        {
            options.Optimize(code);
        }

        return code.Braces($"internal static void {this.Name}({this.Parameters()})");
    }

    /// <summary>A size as a part of a name.</summary>
    protected static string Identifier(Dim size) => string.Concat(size.ToString().Select(c => char.IsLetterOrDigit(c) ? c : '_'));

    internal static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}

/// <summary>What a build asks of the emitted code.</summary>
/// <param name="AggressiveOptimization">
/// Full optimisation at the first call, which the JIT needs; left off where the code is compiled ahead, because it keeps methods out of ReadyToRun images.
/// </param>
internal sealed record EmitOptions(bool AggressiveOptimization = true)
{
    public void Optimize(CodeWriter code)
    {
        if (this.AggressiveOptimization)
        {
            code.Line("[MethodImpl(AggressiveOptimization)]");
        }
    }
}
