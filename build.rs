//! Builds anew when a file is added to the knowledge, which the compiler does not notice by itself.

fn main() {
    println!("cargo:rerun-if-changed=data");
}
