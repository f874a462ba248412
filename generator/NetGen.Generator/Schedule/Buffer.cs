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

    /// <summary>What a stream keeps from one call to the next: each state's rows, one a sample, one state behind the other.</summary>
    State,
}

/// <summary>A piece of memory that holds one value.</summary>
internal sealed class Buffer(Region region, Layout layout, Dim length, string name)
{
    public Region Region { get; private set; } = region;

    public Layout Layout { get; } = layout;

    /// <summary>Floats; in the arena rounded up so that every buffer starts on a cache line at any batch.</summary>
    public Dim Length { get; } = length;

    /// <summary>Floats of the value itself: what tells one sample's share from the next one's.</summary>
    public Dim Elements { get; init; } = length;

    public string Name { get; } = name;

    /// <summary>The index of an input, output, gradient, toggle or parameter.</summary>
    public int Slot { get; init; }

    /// <summary>Floats from the region's start; in the arena times the zone's symbols, from the zone's start.</summary>
    public long Offset { get; set; }

    /// <summary>The first and the last step that touch it.</summary>
    public int FirstStep { get; set; } = -1;

    public int LastStep { get; set; } = -1;

    /// <summary>What tells the memory from other memory, also before what the program makes has its place.</summary>
    public object Key => this.Region is Region.Arena or Region.Prepared ? this : (this.Region, this.Slot, this.Offset);

    /// <summary>Says where it lies, once it is known who reads it.</summary>
    public void PlaceIn(Region region, long offset = 0) => (this.Region, this.Offset) = (region, offset);

    public override string ToString() => this.Region switch
    {
        Region.Arena => $"arena[{string.Join("*", this.Length.Symbols)}+{this.Offset}]",
        Region.State => $"state[{string.Join("*", this.Length.Symbols)}*{this.Offset}]",
        Region.Weights or Region.Prepared or Region.Scratch or Region.Gradients or Region.Constants => $"{this.Region.ToString().ToLowerInvariant()}[{this.Offset}]",
        _ => $"{this.Region.ToString().ToLowerInvariant()}{this.Slot}",
    };
}
