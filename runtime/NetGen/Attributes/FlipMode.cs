namespace NetGen;

/// <summary>How images are mirrored.</summary>
public enum FlipMode
{
    /// <summary>Left and right are exchanged.</summary>
    Horizontal,

    /// <summary>Top and bottom are exchanged.</summary>
    Vertical,

    /// <summary>Both.</summary>
    HorizontalAndVertical,
}
