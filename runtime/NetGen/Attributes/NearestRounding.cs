namespace NetGen;

/// <summary>Which element is the nearest to a place.</summary>
public enum NearestRounding
{
    /// <summary>The nearest, in the middle the lower.</summary>
    RoundPreferFloor,

    /// <summary>The nearest, in the middle the upper.</summary>
    RoundPreferCeil,

    /// <summary>That below.</summary>
    Floor,

    /// <summary>That above.</summary>
    Ceil,
}
