//! Any body that says it is a form with files is read as far as it goes, and no text of it holds what a database cannot.
#![no_main]

use axum::body::Body;
use axum::extract::Request;
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use web::Upload;

fuzz_target!(|bytes: &[u8]| {
    let request = Request::post("/")
        .header("content-type", "multipart/form-data; boundary=b")
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let upload = runtime.block_on(Upload::read(request)).expect("a form with files");
    for (name, value) in upload.input.pairs() {
        assert!(!name.contains('\0') && !value.contains('\0'));
    }
    for file in &upload.files {
        assert!(!file.bytes.is_empty() && !file.field.contains('\0') && !file.file_name.contains('\0'));
    }
});

// Inputs start as such a body does, else the mutator seldom gets past the first boundary.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    let size = fuzzer_mutate(data, size, max_size);
    let head: &[u8] = b"--b\r\nContent-Disposition: form-data; name=\"";
    if seed % 4 != 0 && size >= head.len() {
        data[..head.len()].copy_from_slice(head);
    }
    size
});
