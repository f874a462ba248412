namespace NetGen.Generator;

/// <summary>
/// A loop over time in the schedule: it has no method of its own, its body is a list of steps. Where each step of the body keeps to its own samples, a part runs
/// the whole loop over some of them and waits for nobody; otherwise one part runs it.
/// </summary>
/// <param name="Time">How often the body runs.</param>
/// <param name="IsReverse">Whether time runs from the end to the start.</param>
/// <param name="Rows">The samples.</param>
/// <param name="Body">The steps of one time.</param>
/// <param name="Windows">Of a loop over windows: all parts go through it together, and share each step of its body as they do outside of loops. Null where the body is one step.</param>
internal sealed record LoopKernel(Dim Time, bool IsReverse, Dim Rows, EquatableArray<Step> Body, Windows? Windows = null) : Kernel
{
    /// <summary>What the numbers are called that the body's places depend on.</summary>
    public LoopNames Names => LoopNames.Of(this.Windows);

    public override string Name => "Loop";

    public override string Summary => this.Windows is { } windows ? $"{this.Time} windows of {windows.Size} steps{(this.IsReverse ? ", backwards" : "")}, all parts together." : $"{this.Time} times{(this.IsReverse ? ", backwards" : "")}{(this.Obstacle is { } step ? $", by one part: {step.Kernel.Name} does not keep to its samples" : ", each part its own samples")}.";

    public override IReadOnlyList<KernelOperand> Operands =>
        [.. this.Body.SelectMany(s => s.Kernel.Operands).Select(o => o with { Access = o.Access is Access.ReadOwn or Access.ReadAll ? Access.ReadAll : Access.WriteScattered })];

    public override IReadOnlyList<string> Sizes => [];

    public override Dim? Units => this.Windows is null && this.Obstacle is null ? this.Rows : null;

    /// <summary>A part's samples go through all times one after the other.</summary>
    public override int? Grain => null;

    public override Dim Work => this.Body.Aggregate((Dim)0, (a, s) => a.Scale == 0 ? s.Kernel.Work : a.Symbols == s.Kernel.Work.Symbols ? a with { Scale = a.Scale + s.Kernel.Work.Scale } : a) * this.Time;

    /// <summary>Whether the body is told a symbol's number, or what it touches lies at a place that the symbol tells.</summary>
    public bool Uses(Dim symbol) => this.Body.Items.Any(s => s.Kernel.Sizes.Contains(symbol.Symbols[0].Name) || s.Buffers.Items.Any(b => b.IsPlacedBy(symbol.Symbols[0])));

    /// <summary>A step that touches what another part's samples write, or writes what is not its own; null if there is none.</summary>
    private Step? Obstacle
    {
        get
        {
            (Step Step, Buffer Buffer, Access Access)[] touches = [.. this.Body.SelectMany(s => s.Buffers.Select((b, i) => (s, b, s.Kernel.Operands[i].Access)))];
            HashSet<object> written = [.. touches.Where(t => t.Access is Access.WriteOwn or Access.WriteScattered).Select(t => t.Buffer.Key)];
            Dictionary<object, Dim> lengths = [];
            foreach ((Step step, Buffer buffer, Access access) in touches)
            {
                Dim length = buffer.Elements;
                if (step.Kernel.Units != this.Rows)
                {
                    return step;
                }

                if (!written.Contains(buffer.Key))
                {
                    continue;
                }

                // Samples lie at the same places of all slices only if these are equally long.
                if (access is Access.ReadAll or Access.WriteScattered || (lengths.TryGetValue(buffer.Key, out Dim? other) && other != length))
                {
                    return step;
                }

                lengths[buffer.Key] = length;
            }

            return null;
        }
    }

    public override void Emit(CodeWriter code, EmitOptions options) => throw new NotSupportedException("A loop is printed where it stands.");
}

/// <summary>The numbers of a loop that the places of what its body touches depend on, as symbols.</summary>
/// <param name="Counter">How often the body has run.</param>
/// <param name="Now">The present time.</param>
/// <param name="Old">The one of two places where a state is read.</param>
/// <param name="Next">The one of two places where a state is written; behind the last time it is 0.</param>
internal sealed record LoopNames(string Counter, Dim Now, Dim Old, Dim Next)
{
    /// <summary>Of a loop over steps, which the calls of a stream are as well.</summary>
    public static readonly LoopNames Steps = new("step", Dim.Time("now"), Dim.Time("old"), Dim.Time("next"));

    /// <summary>Steps run within windows, so these have names of their own.</summary>
    private static readonly LoopNames OfWindows = new("turn", Dim.Time("window"), Dim.Time("oldWindow"), Dim.Time("nextWindow"));

    public static LoopNames Of(Windows? windows) => windows is null ? Steps : OfWindows;
}
