namespace NetGen.Generator;

/// <summary>The memory that a buffer lies in.</summary>
internal enum Region
{
    /// <summary>Scratch and kept activations of one call, planned by lifetime.</summary>
    Arena,

    /// <summary>The master weights.</summary>
    Weights,

    /// <summary>What Prepare made of the weights. For inference it starts with a copy of them.</summary>
    Prepared,

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
}

/// <summary>A piece of memory that holds one value.</summary>
internal sealed class Buffer(Region region, Layout layout, Dim length, string name)
{
    public Region Region { get; } = region;

    public Layout Layout { get; } = layout;

    /// <summary>Floats; in the arena rounded up so that every buffer starts on a cache line at any batch.</summary>
    public Dim Length { get; } = length;

    /// <summary>Floats of the value itself: what tells one sample's share from the next one's.</summary>
    public Dim Elements { get; init; } = length;

    public string Name { get; } = name;

    /// <summary>The index of an input, output, gradient or toggle.</summary>
    public int Slot { get; init; }

    /// <summary>Floats from the region's start; in the arena times the zone's symbols, from the zone's start.</summary>
    public long Offset { get; set; }

    /// <summary>The first and the last step that touch it.</summary>
    public int FirstStep { get; set; } = -1;

    public int LastStep { get; set; } = -1;

    /// <summary>What tells the memory from other memory, also before scratch memory has its place.</summary>
    public object Key => this.Region == Region.Arena ? this : (this.Region, this.Slot, this.Offset);

    public override string ToString() => this.Region switch
    {
        Region.Arena => $"arena[{string.Join("*", this.Length.Symbols)}+{this.Offset}]",
        Region.Weights or Region.Prepared or Region.Gradients or Region.Constants => $"{this.Region.ToString().ToLowerInvariant()}[{this.Offset}]",
        _ => $"{this.Region.ToString().ToLowerInvariant()}{this.Slot}",
    };
}
