namespace NetGen;

/// <summary>How a CSV column becomes numbers.</summary>
public enum CsvKind
{
    /// <summary>A number.</summary>
    Numeric,

    /// <summary>A whole number; as a target, a label.</summary>
    Integer,

    /// <summary>A category, as a vector with a 1 at the category's place.</summary>
    OneHot,

    /// <summary>A category, as its position in the sorted vocabulary; as a target, a label.</summary>
    Index,

    /// <summary>Not used.</summary>
    Ignored,
}
