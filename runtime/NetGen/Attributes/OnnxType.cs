namespace NetGen;

/// <summary>The types of ONNX between which <see cref="Ops.CastAttribute"/> converts.</summary>
public enum OnnxType
{
    /// <summary>32 bits, as all numbers are.</summary>
    Float,

    /// <summary>64 bits: nothing is rounded, and nothing gained.</summary>
    Double,

    /// <summary>16 bits by IEEE 754.</summary>
    Float16,

    /// <summary>The upper 16 bits of a float.</summary>
    BFloat16,

    /// <summary>Whole numbers from -2^7 on.</summary>
    Int8,

    /// <summary>Whole numbers from -2^15 on.</summary>
    Int16,

    /// <summary>Whole numbers from -2^31 on.</summary>
    Int32,

    /// <summary>Whole numbers, which do not wrap around.</summary>
    Int64,

    /// <summary>Whole numbers from 0 to 2^8 - 1.</summary>
    UInt8,

    /// <summary>Whole numbers from 0 to 2^16 - 1.</summary>
    UInt16,

    /// <summary>Whole numbers from 0 to 2^32 - 1.</summary>
    UInt32,

    /// <summary>Whole numbers, which do not wrap around.</summary>
    UInt64,

    /// <summary>0 and 1.</summary>
    Bool,
}
