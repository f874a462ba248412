namespace NetGen.Generator;

/// <summary>The memory that a buffer lies in.</summary>
internal enum Region
{
    /// <summary>Scratch and kept activations of one call, planned by lifetime.</summary>
    Arena,

    /// <summary>The master weights.</summary>
    Weights,

    /// <summary>A parameter that only Prepare reads, for inference: it may lie anywhere, and is given back after its last reader.</summary>
    Parameter,

    /// <summary>What is kept for a version of the weights: what Prepare made of them and, for inference, before it the parameters that are read as they are.</summary>
    Prepared,

    /// <summary>What only Prepare itself reads, for inference: it is gone afterwards.</summary>
    Scratch,

    /// <summary>The gradients of the weights, in the weights' layout.</summary>
    Gradients,

    /// <summary>An input of the call.</summary>
    Input,

    /// <summary>An output of the call.</summary>
    Output,

    /// <summary>The gradient of an output, or of the logits before it.</summary>
    OutputGradient,

    /// <summary>Numbers that the compiler knew.</summary>
    Constants,

    /// <summary>Whether a toggle is live, as 1 or 0.</summary>
    Toggle,

    /// <summary>What is taken over from one call to the next: each state's rows, one a sample, one state behind the other.</summary>
    State,

    /// <summary>What a stream adds to in each call: each state's steps, one behind the other and each with a row a sample, with room for those of all calls.</summary>
    History,
}

/// <summary>A piece of memory that holds one value, or a view of a part of such a piece.</summary>
internal sealed class Buffer(Region region, Layout layout, Dim length, string name)
{
    private Region region = region;
    private long offset;
    private int firstStep = -1;
    private int lastStep = -1;

    public Region Region => this.Root.region;

    public Layout Layout { get; } = layout;

    /// <summary>Floats; in the arena rounded up so that every buffer starts on a cache line at any batch.</summary>
    public Dim Length { get; } = length;

    /// <summary>Floats of the value itself: what tells one sample's share from the next one's.</summary>
    public Dim Elements { get; init; } = length;

    public string Name { get; } = name;

    /// <summary>What this is a view of, or null.</summary>
    public Buffer? Base { get; private init; }

    /// <summary>Where a view begins, in floats from the start of its base: a number, or times the time of a loop.</summary>
    public Dim Shift { get; private init; } = 0;

    /// <summary>The memory that is no view.</summary>
    public Buffer Root => this.Base is { } whole ? whole.Root : this;

    /// <summary>The index of an input, output, gradient, toggle or parameter.</summary>
    public int Slot { get; init; }

    /// <summary>Floats from the region's start to that of the memory; in the arena times the zone's symbols, from the zone's start.</summary>
    public long Offset
    {
        get => this.Root.offset;
        set => this.Root.offset = value;
    }

    /// <summary>The first and the last step that touch the memory.</summary>
    public int FirstStep
    {
        get => this.Root.firstStep;
        set => this.Root.firstStep = value;
    }

    public int LastStep
    {
        get => this.Root.lastStep;
        set => this.Root.lastStep = value;
    }

    /// <summary>What tells the memory from other memory, also before what the program makes has its place.</summary>
    public object Key => this.Region is Region.Arena or Region.Prepared ? this.Root : (this.Region, this.Slot, this.Offset);

    /// <summary>A part of this.</summary>
    public Buffer View(Dim shift, Dim length) => new(this.Region, this.Layout, length, this.Name) { Base = this, Shift = shift, Slot = this.Slot };

    /// <summary>Whether a symbol tells where a view begins.</summary>
    public bool IsPlacedBy(Symbol symbol) => this.Base is { } whole && (this.Shift.Symbols.Contains(symbol) || whole.IsPlacedBy(symbol));

    /// <summary>Says where it lies, once it is known who reads it.</summary>
    public void PlaceIn(Region region, long offset = 0) => (this.Root.region, this.Offset) = (region, offset);

    public override string ToString() => this.Base is { } whole ? whole + (this.Shift.Scale == 0 ? "" : $"[{this.Shift}]") : this.Region switch
    {
        Region.Arena => $"arena[{string.Join("*", this.Length.Symbols)}+{this.Offset}]",
        Region.State or Region.History => $"{this.Region.ToString().ToLowerInvariant()}[{string.Join("*", this.Length.Symbols)}*{this.Offset}]",
        Region.Weights or Region.Prepared or Region.Scratch or Region.Gradients or Region.Constants => $"{this.Region.ToString().ToLowerInvariant()}[{this.Offset}]",
        _ => $"{this.Region.ToString().ToLowerInvariant()}{this.Slot}",
    };
}
